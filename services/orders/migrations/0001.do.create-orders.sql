create table orders (
  id uuid primary key,
  customer_id uuid not null,
  -- the customer's idempotency key, with its scope: one order for each, for ever
  step_key text not null unique,
  status text not null check (status in ('pending', 'confirmed', 'rejected', 'cancelled', 'needs_attention')),
  reason text,
  lines jsonb not null,
  total_minor bigint not null check (total_minor >= 0),
  currency char(3) not null,
  created_at timestamptz not null,
  updated_at timestamptz not null default now()
);

create index orders_of_customer on orders (customer_id, id desc);

create table notifications (
  id uuid primary key,
  customer_id uuid not null,
  order_id uuid not null,
  kind text not null,
  subject text not null,
  body text not null,
  created_at timestamptz not null default now(),
  -- set once the mail was handed over; until then it is tried again under the same id
  sent_at timestamptz,
  unique (order_id, kind)
);

create index notifications_of_customer on notifications (customer_id, id desc) where sent_at is not null;

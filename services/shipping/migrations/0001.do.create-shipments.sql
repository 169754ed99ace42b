-- What was decided for each order, for ever: a refusal is kept as well, so that two copies of one command are never answered differently.
create table shipments (
  id uuid primary key,
  order_id uuid not null unique,
  status text not null check (status in ('scheduled', 'refused')),
  -- the sender's key for the step that made this row, kept for as long as the row lives
  step_key text not null unique,
  ship_to jsonb not null,
  decided_at timestamptz not null default now()
);

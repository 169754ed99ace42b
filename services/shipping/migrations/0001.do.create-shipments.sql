create table shipments (
  id uuid primary key,
  order_id uuid not null unique,
  -- the sender's key for the step that made this row, kept for as long as the row lives
  step_key text not null unique,
  ship_to jsonb not null,
  scheduled_at timestamptz not null default now()
);

-- One row for each order for ever. Cancelled: nothing was taken, and a charge that comes late is refused.
create table charges (
  id uuid primary key,
  order_id uuid not null unique,
  status text not null check (status in ('pending', 'charged', 'declined', 'cancelled', 'refunded')),
  -- the key of the step that asked for the charge; the card provider knows the charge by it
  step_key text unique,
  -- the key of the step that asked for the money back
  refund_key text unique,
  amount_minor bigint check (amount_minor >= 0),
  currency text,
  decline_code text,
  opened_at timestamptz not null default now(),
  -- only a charge that was cancelled before it came has nothing to say of itself
  constraint known_unless_cancelled check (status = 'cancelled' or (step_key is not null and amount_minor is not null and currency is not null)),
  constraint declined_with_a_code check ((status = 'declined') = (decline_code is not null))
);

-- Sagas of the service that owns this database: where each one stands, and how it came there.

create table platform.saga (
  id uuid primary key,
  name text not null,
  version integer not null,
  -- Fingerprint of the definition's steps; only an engine that has this very definition moves the saga.
  shape text not null,
  -- What the saga is about, such as an order's id.
  key text not null,
  state jsonb not null,
  status text not null check (status in ('running', 'compensating', 'needs_attention', 'completed', 'compensated')),
  step integer not null,
  -- First step that is never taken back; fixed when the saga starts.
  no_return_at integer not null,
  direction text not null check (direction in ('do', 'undo')),
  generation integer not null,
  attempt integer not null,
  round_from integer not null,
  turned_because text,
  abort_reason text,
  stuck_because text check (stuck_because in ('unanswered', 'refused')),
  stuck_reason text,
  -- Set by an operator; the next engine that comes by carries the saga on.
  resume_requested boolean not null default false,
  next_wake_at timestamptz,
  -- Transitions in a row that threw, and the class of the last error.
  failures integer not null default 0,
  last_error text,
  log_length integer not null,
  request_id text not null,
  traceparent text not null,
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  unique (name, key),
  check ((status = 'needs_attention') = (stuck_because is not null))
) with (fillfactor = 70);

create index saga_due on platform.saga (next_wake_at) where next_wake_at is not null;
create index saga_live on platform.saga (status, shape) where ended_at is null;

-- Only ever added to, in the transaction that moves the saga. Sequence numbers have no gaps.
create table platform.saga_log (
  saga_id uuid not null,
  seq integer not null,
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  step text,
  direction text,
  generation integer,
  attempt integer,
  code text,
  detail jsonb,
  reason text,
  trace_id text not null,
  primary key (saga_id, seq)
);

-- What a service's database needs to send and receive messages and to answer a repeated request once.

-- The last version of each aggregate that had an event. Its row lock serialises the writers of one aggregate.
create table platform.aggregate_versions (
  aggregate text primary key,
  version bigint not null
) with (fillfactor = 80);

-- Messages of committed transactions. Published ones stay for the retention time, with the place the broker gave them.
create table platform.outbox (
  id bigint generated always as identity primary key,
  ordering_key text not null,
  message_id text not null unique,
  subject text not null,
  headers json not null,
  payload text not null,
  created_at timestamptz not null default now(),
  available_at timestamptz not null default now(),
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  last_error text,
  published_at timestamptz,
  stream text,
  stream_sequence bigint,
  -- How often the message was opened again because the broker had lost it; part of its transport id.
  reopened integer not null default 0
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);

create index outbox_unpublished on platform.outbox (id) where published_at is null;
-- Keys whose first message failed and waits for its next attempt.
create index outbox_waiting on platform.outbox (ordering_key) where published_at is null and next_attempt_at is not null;

-- What the broker had acknowledged, to notice one that came back with less.
create table platform.outbox_streams (
  stream text primary key,
  created text,
  last_sequence bigint not null
) with (fillfactor = 50);

-- Messages a consumer has applied, known by CloudEvents source and id.
create table platform.inbox (
  consumer text not null,
  source text not null,
  message_id text not null,
  received_at timestamptz not null default now(),
  primary key (consumer, source, message_id)
);
create index inbox_received on platform.inbox using brin (received_at);

-- How far a consumer that cares for order has come with each aggregate.
create table platform.consumer_positions (
  consumer text not null,
  aggregate text not null,
  version bigint not null,
  primary key (consumer, aggregate)
) with (fillfactor = 80);

-- Answers to requests that carried an idempotency key, and who is working on one now.
create table platform.idempotency (
  scope text not null,
  key text not null,
  fingerprint text not null,
  claim uuid,
  claimed_until timestamptz,
  -- Text form is kept, so that a repeat reads the same bytes.
  answer json,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (scope, key)
);
create index idempotency_expires on platform.idempotency (expires_at);

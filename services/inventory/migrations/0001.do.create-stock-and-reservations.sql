-- Every unit that ever came in (received, the seed included) is on hand, reserved or sold: the table itself keeps the books.
create table stock (
  sku text primary key,
  on_hand integer not null check (on_hand >= 0),
  reserved integer not null default 0 check (reserved >= 0),
  sold integer not null default 0 check (sold >= 0),
  received integer not null check (received >= 0),
  constraint nothing_lost check (on_hand + reserved + sold = received)
);

-- One row for each order for ever. Released without lines: the release came first, and a late reservation is refused.
create table reservations (
  id uuid primary key,
  order_id uuid not null unique,
  status text not null check (status in ('reserved', 'released', 'sold')),
  lines jsonb not null,
  reserve_key text unique,
  release_key text unique,
  commit_key text unique,
  created_at timestamptz not null default now()
);

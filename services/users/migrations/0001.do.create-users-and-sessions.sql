create table users (
  id uuid primary key,
  email text not null,
  name text not null,
  -- a PHC string (argon2id); the password itself is kept nowhere
  password_hash text not null,
  created_at timestamptz not null
);

-- one account for an address, whatever its letter case
create unique index users_by_address on users (lower(email));

create table sessions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  opened_at timestamptz not null,
  -- absolute: using a session does not prolong it
  expires_at timestamptz not null,
  revoked_at timestamptz,
  check (expires_at > opened_at)
);

create index sessions_by_expiry on sessions (expires_at);
create index sessions_of_user on sessions (user_id);

-- The tokens a session was ever given. Spent ones stay as long as it does: somebody who brings one again has stolen it, or was robbed.
create table refresh_tokens (
  -- SHA-256 of the token; whoever reads this table cannot use what they find
  digest bytea primary key check (octet_length(digest) = 32),
  session_id uuid not null references sessions on delete cascade,
  spent_at timestamptz
);

create index refresh_tokens_of_session on refresh_tokens (session_id);

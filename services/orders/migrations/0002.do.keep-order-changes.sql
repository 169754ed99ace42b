-- What became of each order, under positions that count from 1 and never change: whoever follows an order resumes by them.
create table order_changes (
  order_id uuid not null references orders (id),
  position integer not null check (position > 0),
  status text not null,
  reason text,
  changed_at timestamptz not null,
  primary key (order_id, position)
);

alter table orders add column changes integer not null default 1;

-- orders of before: placed, and as they stand now
insert into order_changes (order_id, position, status, changed_at) select id, 1, 'pending', created_at from orders;
insert into order_changes (order_id, position, status, reason, changed_at)
  select id, 2, status, reason, updated_at from orders where status <> 'pending';
update orders set changes = 2 where status <> 'pending';

-- Written by the database itself: an instance of before, or a person, that moves an order meanwhile is seen too.
-- A change holds the order's row, so positions are given in the order in which changes commit.
create function keep_first_change() returns trigger language plpgsql as $$
begin
  insert into order_changes (order_id, position, status, reason, changed_at) values (new.id, 1, new.status, new.reason, new.created_at);
  return new;
end $$;

create function keep_change() returns trigger language plpgsql as $$
begin
  new.changes := old.changes + 1;
  insert into order_changes (order_id, position, status, reason, changed_at)
    values (new.id, new.changes, new.status, new.reason, clock_timestamp());
  return new;
end $$;

create trigger order_placed after insert on orders for each row execute function keep_first_change();
create trigger order_changed before update on orders for each row
  when (old.status is distinct from new.status or old.reason is distinct from new.reason) execute function keep_change();

create table products (
  id uuid primary key,
  sku text not null unique,
  -- sorted by bytes, so that a page ends at the same place on every server
  name text collate "C" not null,
  description text not null,
  category text not null,
  price_minor integer not null check (price_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$')
);

create index products_by_name on products (name, id);
create index products_by_category on products (category, name, id);

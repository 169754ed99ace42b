-- A cursor carries the name of the product a page ended with, and a contract's cursor has 500 characters at most.
alter table products add constraint name_fits_a_cursor check (octet_length(name) between 1 and 300);

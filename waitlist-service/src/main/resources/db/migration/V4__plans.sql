-- Indexes that are right whatever was in the tables when a plan was made.

-- What one customer holds can be looked for by sale alone, too, and on an empty table that costs the same; when it is full it reads all
-- promises of the sale for each customer. With the customer in it, both ways are good.
drop index admission_undecided;
create index admission_undecided on admission (sale_id, customer_id) where state in ('ISSUED', 'ORDERED');

-- what becomes of an offer decides what becomes of its entry
create index waitlist_entry_of_offer on waitlist_entry (admission_id) where admission_id is not null;

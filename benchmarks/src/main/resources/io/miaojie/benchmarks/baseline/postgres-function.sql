drop schema if exists bench cascade;
create schema bench;
create table bench.payments (
  id text primary key, order_id text not null unique, amount bigint not null, fingerprint bigint not null,
  body text not null, paid_at timestamptz not null default now());
create table bench.grants (
  payment_id text not null, level smallint not null, member_id text not null, amount bigint not null,
  primary key (payment_id, level));
create table bench.pools (member_id text primary key, spendable bigint not null) with (fillfactor = 70);

create function bench.credit(payment text, grant_level smallint, member text, reward bigint) returns void
language sql as $$
  insert into bench.grants values (payment, grant_level, member, reward);
  insert into bench.pools as p values (member, reward)
    on conflict (member_id) do update set spendable = p.spendable + excluded.spendable;
$$;

-- Returns what was granted; a repeat gets the same and changes nothing. Pools in the order of members: no deadlock.
create function bench.settle(
  payment text, order_of text, amount_of bigint, buyer text, level1 text, level2 text, print bigint, body_of text)
returns bigint language plpgsql as $$
declare
  rewards bigint[] := array[amount_of * 10000 / 1000000, amount_of * 30000 / 1000000, amount_of * 20000 / 1000000];
  members text[] := array[buyer, level1, level2];
  next record;
begin
  insert into bench.payments values (payment, order_of, amount_of, print, body_of) on conflict do nothing;
  if not found then
    return (select sum(g.amount) from bench.grants g where g.payment_id = payment);
  end if;
  for next in select m.member, m.place from unnest(members) with ordinality as m(member, place) order by m.member loop
    perform bench.credit(payment, (next.place - 1)::smallint, next.member, rewards[next.place]);
  end loop;
  return rewards[1] + rewards[2] + rewards[3];
end $$;

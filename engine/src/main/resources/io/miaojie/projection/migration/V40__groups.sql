-- Groups that orders open: when they are decided on, and whose they are.

alter table miaojie.roster_group
    add column deadline_ns  bigint  not null default 0,
    add column owner_index  integer not null default -1,
    add column is_own       boolean not null default true;
comment on column miaojie.roster_group.deadline_ns is 'When its kind is told, epoch nanoseconds; 0: never.';
comment on column miaojie.roster_group.owner_index is 'The member who owns it; -1: nobody.';
comment on column miaojie.roster_group.is_own is 'The campaign''s own; false: an order opened it, and it has an id.';

-- As EngineId makes it: shard, sequence and ordinal in base 32.
create function miaojie.engine_id(prefix text, of_shard integer, of_sequence bigint, of_ordinal integer) returns text
    language sql immutable strict parallel safe
    return prefix
        || (select string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', ((of_shard >> (5 * (1 - i))) & 31) + 1, 1), '' order by i)
            from generate_series(0, 1) i)
        || (select string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', ((of_sequence >> (5 * (10 - i))) & 31)::integer + 1, 1), '' order by i)
            from generate_series(0, 10) i)
        || (select string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', ((of_ordinal >> (5 * (2 - i))) & 31) + 1, 1), '' order by i)
            from generate_series(0, 2) i);

create view bi.group_buys as
    select g.shard, g.changed_sequence as sequence, m.id as merchant_id, c.id as campaign_id,
           miaojie.engine_id('gr', g.shard, g.sequence, g.ordinal) as group_id,
           miaojie.kind_word(c.kind, 'group_state', g.state) as state, b.id as owner, g.r0 as seats, g.r1 as held,
           g.r2 as paid, g.r3 as subsidised, g.r4 as refunded, g.r6 as reached,
           case when g.deadline_ns > 0 then miaojie.at(g.deadline_ns) end as deadline, c.currency,
           miaojie.at(g.changed_at_ns) as changed_at, g.sequence as made_sequence, g.group_index, c.merchant_index
    from miaojie.roster_group g
    join miaojie.campaign c on c.shard = g.shard and c.campaign_index = g.campaign_index
    join miaojie.merchant m on m.shard = c.shard and m.merchant_index = c.merchant_index
    left join miaojie.member b on b.shard = g.shard and b.member_index = g.owner_index
    where c.kind = 'group-buy' and not g.is_own;
comment on view bi.group_buys is
    'Groups of group buys, each in its last state: paid + held + subsidised + refunded never pass seats.';

create or replace view bi.instances as
    select e.shard, e.sequence, e.entry_index as place, m.id as merchant_id, c.id as campaign_id, c.kind,
           coalesce(o.id, '') as id, miaojie.kind_word(c.kind, 'entry_state', e.state) as state, b.id as owner,
           e.pieces::bigint as need, case when l.state in (2, 5) then e.pieces else 0 end::bigint as have,
           case when l.state = 1 then miaojie.at(l.hold_until_ns) end as deadline, e.amount_minor, c.currency,
           c.merchant_index
    from miaojie.roster_entry e
    join miaojie.roster_group g on g.shard = e.shard and g.group_index = e.group_index and g.is_own
    join miaojie.campaign c on c.shard = e.shard and c.campaign_index = e.campaign_index
    join miaojie.merchant m on m.shard = c.shard and m.merchant_index = c.merchant_index
    join miaojie.member b on b.shard = e.shard and b.member_index = e.member_index
    join miaojie.shop_order o on o.shard = e.shard and o.order_index = e.order_index
    left join lateral (
        select x.state, x.hold_until_ns from miaojie.order_change x
        where x.shard = e.shard and x.order_index = e.order_index order by x.sequence desc limit 1) l on true
    union all
    select i.shard, i.made_sequence, i.group_index, i.merchant_id, i.campaign_id, 'group-buy', i.group_id, i.state,
           coalesce(i.owner, ''), i.seats, i.paid, i.deadline, 0::bigint, i.currency, i.merchant_index
    from bi.group_buys i;
comment on view bi.instances is
    'What kinds show one by one, in one shape: of a flash sale, each order''s line; of a group buy, each group. have: what '
    'of need is paid.';

-- Rosters of campaigns that sell, in their last state. Numbers as the core has them; kind_word has the words of a kind.

create table miaojie.kind_word (
    kind     text     collate "C" not null,
    what     text     collate "C" not null,
    number   smallint not null,
    word     text     collate "C" not null,
    primary key (kind, what, number)
);
comment on table miaojie.kind_word is
    'What a kind calls its counters, states of entries and states of groups; written anew at each start.';

create table miaojie.roster_group (
    sequence         bigint   not null,
    changed_sequence bigint   not null,
    changed_at_ns    bigint   not null,
    r0 bigint not null, r1 bigint not null, r2 bigint not null, r3 bigint not null,
    r4 bigint not null, r5 bigint not null, r6 bigint not null, r7 bigint not null,
    group_index      integer  not null,
    campaign_index   integer  not null,
    ordinal          integer  not null,
    shard            smallint not null,
    state            smallint not null,
    primary key (shard, group_index)
);
comment on column miaojie.roster_group.campaign_index is 'The version in force when it changed last.';

create table miaojie.roster_entry (
    sequence         bigint   not null,
    made_at_ns       bigint   not null,
    changed_sequence bigint   not null,
    changed_at_ns    bigint   not null,
    amount_minor     bigint   not null,
    first_number     bigint   not null,
    second_number    bigint   not null,
    entry_index      integer  not null,
    campaign_index   integer  not null,
    group_index      integer  not null,
    order_index      integer  not null,
    member_index     integer  not null,
    pieces           integer  not null,
    shard            smallint not null,
    state            smallint not null,
    line_id          text     collate "C" not null,
    primary key (shard, entry_index)
);
create index roster_entry_by_group on miaojie.roster_entry (group_index, sequence);
create index roster_entry_by_member on miaojie.roster_entry (member_index, sequence);

create function miaojie.kind_word(of_kind text, of_what text, of_number integer) returns text
    language sql stable strict parallel safe
    return coalesce(
        (select word from miaojie.kind_word k where k.kind = of_kind and k.what = of_what and k.number = of_number),
        of_number::text);

create view bi.campaign_counters as
    select g.shard, g.changed_sequence as sequence, m.id as merchant_id, c.id as campaign_id, c.kind, g.group_index,
           g.sequence as made_sequence, miaojie.kind_word(c.kind, 'group_state', g.state) as group_state,
           w.word as counter, r.value, miaojie.at(g.changed_at_ns) as changed_at, c.merchant_index
    from miaojie.roster_group g
    join miaojie.campaign c on c.shard = g.shard and c.campaign_index = g.campaign_index
    join miaojie.merchant m on m.shard = c.shard and m.merchant_index = c.merchant_index
    cross join lateral unnest(array[g.r0, g.r1, g.r2, g.r3, g.r4, g.r5, g.r6, g.r7]) with ordinality r (value, place)
    join miaojie.kind_word w on w.kind = c.kind and w.what = 'counter' and w.number = r.place - 1 and w.word <> '';
comment on view bi.campaign_counters is
    'Counters of campaigns that sell, and of their groups: stock, what is held, what is sold.';

create view bi.seats as
    select e.shard, e.sequence, m.id as merchant_id, c.id as campaign_id, c.version as campaign_version, c.kind,
           miaojie.order_id(e.shard, e.order_index) as order_id, e.line_id, b.id as member_id,
           miaojie.kind_word(c.kind, 'entry_state', e.state) as state, e.pieces, e.amount_minor, c.currency,
           miaojie.at(e.made_at_ns) as made_at, miaojie.at(e.changed_at_ns) as changed_at, e.changed_sequence,
           e.entry_index, e.group_index, e.member_index, c.merchant_index, e.order_index
    from miaojie.roster_entry e
    join miaojie.campaign c on c.shard = e.shard and c.campaign_index = e.campaign_index
    join miaojie.merchant m on m.shard = c.shard and m.merchant_index = c.merchant_index
    join miaojie.member b on b.shard = e.shard and b.member_index = e.member_index;
comment on view bi.seats is
    'Lines of orders that take part in campaigns that sell, each in its last state.';

create view bi.flash_sales as
    select c.shard, m.id as merchant_id, c.id as campaign_id, c.state,
           coalesce(g.r0, (c.terms ->> 'stock')::bigint) as initial, coalesce(g.r1, 0) as adjusted,
           coalesce(g.r2, (c.terms ->> 'stock')::bigint) as available, coalesce(g.r3, 0) as reserved,
           coalesce(g.r4, 0) as sold, c.currency, (c.terms ->> 'price')::bigint as price_minor, c.merchant_index,
           g.changed_sequence as sequence
    from (select distinct on (shard, merchant_index, id) * from miaojie.campaign where kind = 'flash-sale'
          order by shard, merchant_index, id, version desc) c
    join miaojie.merchant m on m.shard = c.shard and m.merchant_index = c.merchant_index
    left join lateral (
        select g.* from miaojie.roster_group g
        join miaojie.campaign v on v.shard = g.shard and v.campaign_index = g.campaign_index
        where v.shard = c.shard and v.merchant_index = c.merchant_index and v.id = c.id) g on true;
comment on view bi.flash_sales is 'Stock of flash sales: initial + adjusted = available + reserved + sold.';

create view bi.instances as
    select e.shard, e.sequence, e.entry_index as place, m.id as merchant_id, c.id as campaign_id, c.kind,
           coalesce(o.id, '') as id, miaojie.kind_word(c.kind, 'entry_state', e.state) as state, b.id as owner,
           e.pieces::bigint as need, case when l.state in (2, 5) then e.pieces else 0 end::bigint as have,
           case when l.state = 1 then miaojie.at(l.hold_until_ns) end as deadline, e.amount_minor, c.currency,
           c.merchant_index
    from miaojie.roster_entry e
    join miaojie.campaign c on c.shard = e.shard and c.campaign_index = e.campaign_index
    join miaojie.merchant m on m.shard = c.shard and m.merchant_index = c.merchant_index
    join miaojie.member b on b.shard = e.shard and b.member_index = e.member_index
    join miaojie.shop_order o on o.shard = e.shard and o.order_index = e.order_index
    left join lateral (
        select x.state, x.hold_until_ns from miaojie.order_change x
        where x.shard = e.shard and x.order_index = e.order_index order by x.sequence desc limit 1) l on true;
comment on view bi.instances is
    'What kinds show one by one, in one shape: of a flash sale, each order''s line. have: what of need is paid.';

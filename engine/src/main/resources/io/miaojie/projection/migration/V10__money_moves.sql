-- Money in all its moves: orders, refunds, deliveries, holds, members, withdrawals, accounts. Outcomes carry the state
-- after their record, so what can change has one row for each record that changed it (grant_change, order_change,
-- pool_change), the current state is the last of them, and statements are views over them.

alter table miaojie.member
    add column bound_until_ns  bigint,
    add column referrer_index  integer,
    add column provisional     boolean not null default false,
    add column provisional_id  text collate "C",
    add column registered_sequence bigint,
    add column registered_at_ns    bigint,
    add column grade    smallint,
    add column roles    smallint,
    add column store_id text collate "C",
    add column channel  text collate "C",
    add column metadata text;
comment on column miaojie.member.provisional_id is 'The name before a registration took it over; it names it still.';
create index member_by_referrer on miaojie.member (referrer_index) where referrer_index is not null;
create index member_by_provisional_id on miaojie.member (provisional_id) where provisional_id is not null;

create table miaojie.binding (
    sequence       bigint   not null,
    bound_at_ns    bigint   not null,
    bound_until_ns bigint,
    member_index   integer  not null,
    referrer_index integer,
    shard          smallint not null,
    cause          smallint not null,
    primary key (shard, member_index, sequence)
);

comment on column miaojie.payment_order.outcome is 'The answer as bytes, SBE with its header.';
create index payment_order_by_order on miaojie.payment_order (shard, order_index, sequence);

-- Null where a plain grant has nothing to say: no pending, instant = amount, nothing clawed, not released.
alter table miaojie.grant_entry
    add column pending_minor bigint,
    add column instant_minor bigint,
    add column clawed_minor  bigint,
    add column release_at_ns bigint,
    add column drawn         bigint,
    add column granted_at_ns bigint,
    add column released      boolean;
comment on table miaojie.grant_entry is 'A grant as the record left it that made it; grant_change has what came after.';
create index grant_entry_by_member on miaojie.grant_entry (member_index);

create table miaojie.grant_change (
    sequence       bigint   not null,
    amount_minor   bigint   not null,
    pending_minor  bigint   not null,
    instant_minor  bigint   not null,
    clawed_minor   bigint   not null,
    release_at_ns  bigint,
    settled_at_ns  bigint   not null,
    order_index    integer  not null,
    campaign_index integer  not null,
    member_index   integer  not null,
    shard          smallint not null,
    level          smallint not null,
    cause          smallint not null,
    released       boolean  not null,
    primary key (shard, order_index, campaign_index, member_index, level, sequence)
);
create index grant_change_by_member on miaojie.grant_change (member_index);

create table miaojie.pool_change (
    sequence           bigint   not null,
    pending_minor      bigint   not null,
    spendable_minor    bigint   not null,
    withdrawable_minor bigint   not null,
    locked_minor       bigint   not null,
    debt_minor         bigint   not null,
    settled_at_ns      bigint   not null,
    member_index       integer  not null,
    order_index        integer,
    shard              smallint not null,
    cause              smallint not null,
    currency           text     collate "C" not null,
    primary key (shard, member_index, currency, sequence)
);
comment on table miaojie.pool_change is
    'A pool after a record whose effect on it is more than the new grants of that record.';

create table miaojie.shop_order (
    sequence         bigint   not null,
    shipping_minor   bigint,
    pool_spend_minor bigint,
    placed_at_ns     bigint,
    made_at_ns       bigint   not null,
    order_index      integer  not null,
    merchant_index   integer  not null,
    member_index     integer,
    shard            smallint not null,
    currency         text     collate "C",
    id               text     collate "C" not null,
    channel          text     collate "C",
    store_id         text     collate "C",
    clerk_id         text     collate "C",
    share_token      text     collate "C",
    lines            jsonb,
    metadata         text,
    primary key (shard, order_index),
    unique (id, merchant_index, shard)
);
comment on table miaojie.shop_order is
    'Orders that no payment made: placed ones, and (currency null) those that parked facts made known.';

create table miaojie.order_change (
    sequence                bigint   not null,
    payable_minor           bigint   not null,
    captured_minor          bigint   not null,
    refunded_minor          bigint   not null,
    pool_spendable_minor    bigint   not null,
    pool_withdrawable_minor bigint   not null,
    pool_returned_minor     bigint   not null,
    pay_by_ns               bigint,
    hold_until_ns           bigint,
    settled_at_ns           bigint   not null,
    order_index             integer  not null,
    member_index            integer,
    shard                   smallint not null,
    state                   smallint not null,
    cause                   smallint not null,
    release_paused          boolean  not null,
    delivered               boolean  not null,
    primary key (shard, order_index, sequence)
);

create table miaojie.refund (
    sequence        bigint   not null,
    amount_minor    bigint   not null,
    refunded_at_ns  bigint,
    settled_at_ns   bigint   not null,
    fingerprint     bigint   not null,
    order_index     integer,
    merchant_index  integer  not null,
    shard           smallint not null,
    goodwill        boolean  not null,
    status          text     collate "C" not null,
    result          text     collate "C" not null,
    currency        text     collate "C" not null,
    source          text     collate "C" not null,
    refund_id       text     collate "C" not null,
    order_id        text     collate "C",
    payment_id      text     collate "C",
    refund_order_id text     collate "C",
    lines           jsonb    not null,
    metadata        text,
    outcome         bytea    not null,
    primary key (shard, sequence),
    unique (refund_id, source, merchant_index, shard)
);
create index refund_by_order on miaojie.refund (order_index);

create table miaojie.delivery (
    sequence        bigint   not null,
    delivered_at_ns bigint,
    settled_at_ns   bigint   not null,
    fingerprint     bigint   not null,
    order_index     integer,
    merchant_index  integer  not null,
    shard           smallint not null,
    result          text     collate "C" not null,
    source          text     collate "C" not null,
    delivery_id     text     collate "C" not null,
    order_id        text     collate "C",
    lines           jsonb    not null,
    outcome         bytea    not null,
    primary key (shard, sequence),
    unique (delivery_id, source, merchant_index, shard)
);
comment on column miaojie.delivery.lines is 'Empty: every line.';
create index delivery_by_order on miaojie.delivery (order_index);

create table miaojie.refund_order (
    sequence         bigint   not null,
    amount_minor     bigint   not null,
    made_at_ns       bigint   not null,
    payment_sequence bigint   not null,
    changed_sequence bigint   not null,
    changed_at_ns    bigint   not null,
    ordinal          integer  not null,
    order_index      integer  not null,
    merchant_index   integer  not null,
    shard            smallint not null,
    id               text     collate "C" not null,
    state            text     collate "C" not null,
    reason           text     collate "C" not null,
    currency         text     collate "C" not null,
    primary key (shard, sequence, ordinal)
);
create index refund_order_by_state on miaojie.refund_order (merchant_index, state, sequence);
create index refund_order_by_order on miaojie.refund_order (order_index);

create table miaojie.withdrawal (
    sequence         bigint   not null,
    requested_at_ns  bigint   not null,
    changed_sequence bigint   not null,
    changed_at_ns    bigint   not null,
    amount_minor     bigint   not null,
    fee_minor        bigint   not null,
    tax_minor        bigint   not null,
    withdrawal_index integer  not null,
    merchant_index   integer  not null,
    member_index     integer  not null,
    shard            smallint not null,
    query_due        boolean  not null,
    state            text     collate "C" not null,
    currency         text     collate "C" not null,
    id               text     collate "C" not null,
    out_bill_no      text     collate "C" not null,
    method           text     collate "C",
    payee            text     collate "C",
    transfer_bill_no text     collate "C",
    primary key (shard, withdrawal_index),
    unique (id, merchant_index, shard)
);
create index withdrawal_by_state on miaojie.withdrawal (merchant_index, state, sequence);

create table miaojie.withdrawal_event (
    sequence         bigint   not null,
    settled_at_ns    bigint   not null,
    observed_at_ns   bigint,
    withdrawal_index integer  not null,
    shard            smallint not null,
    cause            smallint not null,
    query_due        boolean  not null,
    state            text     collate "C" not null,
    actor            text     collate "C",
    reason           text,
    transfer_bill_no text     collate "C",
    primary key (shard, withdrawal_index, sequence)
);

create table miaojie.adjustment (
    sequence       bigint   not null,
    amount_minor   bigint   not null,
    settled_at_ns  bigint   not null,
    merchant_index integer  not null,
    member_index   integer  not null,
    shard          smallint not null,
    bucket         text     collate "C" not null,
    currency       text     collate "C" not null,
    id             text     collate "C" not null,
    reason         text,
    actor          text     collate "C",
    primary key (shard, sequence)
);

create table miaojie.funding (
    sequence       bigint   not null,
    amount_minor   bigint   not null,
    balance_minor  bigint,
    settled_at_ns  bigint   not null,
    merchant_index integer  not null,
    shard          smallint not null,
    mode           text     collate "C",
    currency       text     collate "C" not null,
    id             text     collate "C" not null,
    funder         text     collate "C" not null,
    actor          text     collate "C",
    primary key (shard, sequence)
);
comment on column miaojie.funding.balance_minor is 'The account of the funder after it; null: not told.';
comment on column miaojie.funding.mode is 'Null: as it was.';

create table miaojie.link_target (
    sequence       bigint   not null,
    created_at_ns  bigint   not null,
    target_index   integer  not null,
    merchant_index integer  not null,
    shard          smallint not null,
    id             text     collate "C" not null,
    url            text     not null,
    primary key (shard, target_index)
);

create table miaojie.share_link (
    sequence       bigint   not null,
    created_at_ns  bigint   not null,
    expires_at_ns  bigint,
    link_index     integer  not null,
    merchant_index integer  not null,
    shard          smallint not null,
    token          text     collate "C" not null,
    id             text     collate "C" not null,
    owner_id       text     collate "C" not null,
    target_id      text     collate "C" not null,
    campaign_id    text     collate "C",
    channel        text     collate "C",
    primary key (shard, link_index)
);

create table miaojie.touch (
    sequence       bigint   not null,
    touched_at_ns  bigint   not null,
    merchant_index integer  not null,
    shard          smallint not null,
    id             text     collate "C" not null,
    token          text     collate "C" not null,
    visitor_id     text     collate "C",
    member_id      text     collate "C",
    code           text     collate "C",
    primary key (shard, sequence)
);
comment on column miaojie.touch.code is 'Why it bound nobody; null: nothing forbade it.';

create table miaojie.discrepancy (
    sequence       bigint   not null,
    settled_at_ns  bigint   not null,
    merchant_index integer  not null,
    order_index    integer,
    shard          smallint not null,
    ordinal        smallint not null,
    cause          smallint not null,
    code           text     collate "C" not null,
    fact_id        text     collate "C",
    order_id       text     collate "C",
    member_id      text     collate "C",
    primary key (shard, merchant_index, sequence, ordinal)
);

-- Helpers of the views.

create function miaojie.cause(command smallint) returns text
    language sql immutable strict parallel safe
    return case command
        when 2 then 'TIMER' when 8 then 'PAYMENT' when 9 then 'ORDER_PLACED' when 10 then 'ORDER_CANCELLED'
        when 11 then 'AFTER_SALE' when 12 then 'REFUND' when 13 then 'DELIVERY' when 14 then 'REGISTRATION'
        when 15 then 'BINDING' when 18 then 'TOUCH' when 19 then 'WITHDRAWAL_REQUESTED'
        when 20 then 'WITHDRAWAL_DECIDED' when 21 then 'WITHDRAWAL_SUBMITTED' when 22 then 'WITHDRAWAL_REPORTED'
        when 23 then 'ADJUSTMENT' when 24 then 'FUNDING' when 25 then 'CLOCK_ADVANCED'
        when 26 then 'ACTION' else command::text end;

create function miaojie.order_state(state smallint) returns text
    language sql immutable strict parallel safe
    return case state when 0 then 'PARKED' when 1 then 'AWAITING' when 2 then 'PAID' when 3 then 'EXPIRED'
        when 4 then 'CANCELLED' when 5 then 'REFUNDED' else state::text end;

create function miaojie.order_id(of_shard smallint, of_order integer) returns text
    language sql stable strict parallel safe
    return coalesce(
        (select id from miaojie.shop_order where shard = of_shard and order_index = of_order),
        (select order_id from miaojie.payment_order where shard = of_shard and order_index = of_order limit 1));

-- Reads the skips of the effects of a SettledOutcome: header (5 bytes), fields, effects (wire.EffectsWriter).
create function miaojie.effect_skips(outcome bytea) returns table (campaign_index integer, level integer, code integer)
    language plpgsql immutable strict parallel safe as $$
declare
    at integer := 7 + miaojie.uint16(outcome, 0);
    last integer := at + miaojie.uint16(outcome, at - 2);
    tag integer;
    kind integer;
    detail integer;
    shape text;
    step text;
    part integer;
    value bigint;
    shift integer;
    left_over integer;
    numbers bigint[];
begin
    while at < last loop
        tag := get_byte(outcome, at);
        at := at + 1;
        kind := tag & 7;
        detail := tag >> 3;
        -- n: a number, t: a text, m: a mask with a bit for each number that follows
        shape := case kind
            when 0 then 'nt' || repeat('n', bit_count(detail::bit(5))::integer)
            when 1 then case when detail & 4 <> 0 then 'nnnm' else 'nnn' end
            when 2 then 'nn'
            when 3 then case when detail & 16 <> 0 then 'nntnnnnnnnnn' else 'nnt' end
            when 4 then 'nnnnnn'
            when 5 then 'nnnnnn'
            when 6 then 'ntntn'
            else case detail when 5 then repeat('n', 13) || 't' when 6 then repeat('n', 10) || 't' else 'nnt' end end;
        numbers := '{}';
        foreach step in array string_to_array(shape, null) loop
            if step = 't' then
                at := at + 1 + get_byte(outcome, at);
            elsif step = 'm' then
                left_over := bit_count(get_byte(outcome, at)::bit(8))::integer;
                at := at + 1;
                while left_over > 0 loop
                    left_over := left_over - case when get_byte(outcome, at) < 128 then 1 else 0 end;
                    at := at + 1;
                end loop;
            else
                value := 0;
                shift := 0;
                loop
                    part := get_byte(outcome, at);
                    at := at + 1;
                    value := value | ((part & 127)::bigint << shift);
                    shift := shift + 7;
                    exit when part < 128;
                end loop;
                numbers := numbers || value;
            end if;
        end loop;
        if kind = 2 then
            campaign_index := (numbers[1] - 1)::integer;
            level := detail & 3;
            code := numbers[2]::integer;
            return next;
        end if;
    end loop;
end $$;

-- What each record did to each grant: the first row is the grant itself.
create view miaojie.grant_move as
    select e.shard, e.order_index, e.campaign_index, e.member_index, e.level, e.sequence,
           coalesce(e.granted_at_ns, p.settled_at_ns) as settled_at_ns,
           coalesce(case when p.sequence is not null then 8::smallint end, 0::smallint) as cause,
           e.amount_minor as credited_minor, coalesce(e.pending_minor, 0) as pending_minor,
           coalesce(e.instant_minor, e.amount_minor) as instant_minor, coalesce(e.clawed_minor, 0) as clawed_minor,
           false as is_release
    from miaojie.grant_entry e
    left join miaojie.payment_order p on p.shard = e.shard and p.sequence = e.sequence
    union all
    select c.shard, c.order_index, c.campaign_index, c.member_index, c.level, c.sequence, c.settled_at_ns, c.cause,
           c.amount_minor - coalesce(lag(c.amount_minor) over w, e.amount_minor),
           c.pending_minor - coalesce(lag(c.pending_minor) over w, e.pending_minor, 0),
           c.instant_minor - coalesce(lag(c.instant_minor) over w, e.instant_minor, e.amount_minor),
           c.clawed_minor - coalesce(lag(c.clawed_minor) over w, e.clawed_minor, 0),
           c.released and not coalesce(lag(c.released) over w, e.released, false)
    from miaojie.grant_change c
    join miaojie.grant_entry e using (shard, order_index, campaign_index, member_index, level)
    window w as (partition by c.shard, c.order_index, c.campaign_index, c.member_index, c.level order by c.sequence);

-- Grants and orders as they are now: the last record that changed them counts.
create view miaojie.grant_now as
    select g.shard, g.sequence, g.order_index, g.campaign_index, g.member_index, g.level, g.granted_at_ns,
           coalesce(l.amount_minor, g.amount_minor) as amount_minor,
           coalesce(l.clawed_minor, g.clawed_minor, 0) as clawed_minor,
           coalesce(l.pending_minor, g.pending_minor, 0) as pending_minor,
           coalesce(l.instant_minor, g.instant_minor, g.amount_minor) as instant_minor,
           coalesce(l.released, g.released, false) as released,
           case when l.sequence is null then g.release_at_ns else l.release_at_ns end as release_at_ns, g.drawn,
           coalesce(l.sequence, g.sequence) as as_of_sequence
    from miaojie.grant_entry g
    left join lateral (
        select * from miaojie.grant_change x
        where x.shard = g.shard and x.order_index = g.order_index and x.campaign_index = g.campaign_index
              and x.member_index = g.member_index and x.level = g.level
        order by x.sequence desc limit 1) l on true;

create view miaojie.order_now as
    select o.shard, o.sequence, o.order_index, o.merchant_index,
           coalesce(l.member_index, o.member_index) as member_index, o.order_id,
           coalesce(o.currency, f.currency) as currency, o.store_id, o.channel, o.clerk_id, o.lines, o.metadata,
           o.placed_at_ns, o.made_at_ns, o.made_by,
           coalesce(l.state, case when o.made_by = 'PAYMENT' then 2 else 0 end::smallint) as state,
           coalesce(l.payable_minor, s.captured_minor, 0) as payable_minor,
           coalesce(l.captured_minor, 0) + coalesce(s.captured_minor, 0) as captured_minor,
           coalesce(l.refunded_minor, 0) as refunded_minor, coalesce(l.pool_spendable_minor, 0) as pool_spendable_minor,
           coalesce(l.pool_withdrawable_minor, 0) as pool_withdrawable_minor,
           coalesce(l.pool_returned_minor, 0) as pool_returned_minor, l.pay_by_ns, l.hold_until_ns,
           coalesce(l.release_paused, false) as release_paused, coalesce(l.delivered, false) as delivered,
           coalesce(l.sequence, o.sequence) as as_of_sequence
    from (
        select shard, sequence, order_index, merchant_index, member_index, id as order_id, currency, store_id, channel,
               clerk_id, lines, metadata, placed_at_ns, made_at_ns,
               case when currency is null then 'PARKED_FACT' else 'ORDER' end as made_by
        from miaojie.shop_order
        union all
        select shard, sequence, order_index, merchant_index, member_index, order_id, currency, store_id, channel, null,
               null, metadata, null, settled_at_ns, 'PAYMENT'
        from miaojie.payment_order where made_order) o
    left join lateral (
        select * from miaojie.order_change x where x.shard = o.shard and x.order_index = o.order_index
        order by x.sequence desc limit 1) l on true
    left join lateral (
        select sum(p.amount_minor)::bigint as captured_minor from miaojie.payment_order p
        where p.shard = o.shard and p.order_index = o.order_index and p.status = 1
              and p.sequence > coalesce(l.sequence, 0)) s on true
    left join lateral (
        select p.currency from miaojie.payment_order p where p.shard = o.shard and p.order_index = o.order_index
        order by p.sequence limit 1) f on o.currency is null;

-- Views of version 1 that see more now.

create or replace view bi.members as
    select b.shard, m.id as merchant_id, b.id as member_id, miaojie.at(b.created_at_ns) as created_at, b.sequence,
           b.provisional, b.provisional_id, r.id as referrer_id, miaojie.at(b.bound_until_ns) as bound_until,
           miaojie.at(b.registered_at_ns) as registered_at, b.grade,
           array_remove(array[
               case when b.roles & 1 <> 0 then 'seed' end, case when b.roles & 2 <> 0 then 'promoter' end,
               case when b.roles & 4 <> 0 then 'leader' end, case when b.roles & 8 <> 0 then 'koc' end,
               case when b.roles & 16 <> 0 then 'clerk' end], null) as roles,
           b.store_id, b.channel, b.metadata
    from miaojie.member b
    join miaojie.merchant m using (shard, merchant_index)
    left join miaojie.member r on r.shard = b.shard and r.member_index = b.referrer_index;

drop view bi.transfers;
drop view bi.grants;
create view bi.grants as
    select g.shard, g.sequence, m.id as merchant_id,
           coalesce(p.order_id, miaojie.order_id(g.shard, g.order_index)) as order_id, p.payment_id,
           c.id as campaign_id, c.version as campaign_version, b.id as member_id, g.level, g.amount_minor, c.currency,
           c.funder, miaojie.at(coalesce(g.granted_at_ns, p.settled_at_ns)) as granted_at, g.clawed_minor,
           g.pending_minor, g.instant_minor, g.released, miaojie.at(g.release_at_ns) as release_at, g.drawn,
           g.as_of_sequence
    from miaojie.grant_now g
    join miaojie.campaign c on c.shard = g.shard and c.campaign_index = g.campaign_index
    join miaojie.merchant m on m.shard = c.shard and m.merchant_index = c.merchant_index
    join miaojie.member b on b.shard = g.shard and b.member_index = g.member_index
    left join miaojie.payment_order p on p.shard = g.shard and p.sequence = g.sequence;
comment on view bi.grants is
    'Rewards, one row per (order, campaign version, member, level). Level 0: buyer, 1 and 2: parents, 3: clerk.';
comment on column bi.grants.amount_minor is 'All that was credited; clawed_minor is what was taken back of it.';

create view bi.transfers as
    select t.shard, t.sequence, m.id as merchant_id, miaojie.order_id(t.shard, t.order_index) as order_id,
           c.id as campaign_id, c.version as campaign_version, t.level, c.currency, side.account, side.amount_minor,
           miaojie.at(t.settled_at_ns) as granted_at
    from miaojie.grant_move t
    join miaojie.campaign c on c.shard = t.shard and c.campaign_index = t.campaign_index
    join miaojie.merchant m on m.shard = c.shard and m.merchant_index = c.merchant_index
    join miaojie.member b on b.shard = t.shard and b.member_index = t.member_index
    cross join lateral (values
        ('funder:' || c.funder, t.clawed_minor - t.credited_minor),
        ('pending:' || b.id, t.pending_minor),
        ('spendable:' || b.id, t.credited_minor - t.clawed_minor - t.pending_minor)) as side (account, amount_minor)
    where side.amount_minor <> 0;
comment on view bi.transfers is
    'What each record moved for a grant: credit, claw, release of pending money; the sides add up to zero.';
comment on column bi.transfers.account is
    'spendable stands for all that is not pending: bi.pool_entries tells the buckets.';

create or replace view bi.skips as
    select p.shard, p.sequence, m.id as merchant_id, p.order_id, p.payment_id, c.id as campaign_id,
           c.version as campaign_version, s.code, miaojie.at(p.settled_at_ns) as settled_at, s.level
    from miaojie.payment_order p
    join miaojie.merchant m using (shard, merchant_index)
    cross join lateral miaojie.effect_skips(p.outcome) s
    left join miaojie.campaign c on c.shard = p.shard and c.campaign_index = s.campaign_index;
drop function miaojie.skips(bytea);

-- New views of version 1.

create view bi.orders as
    select o.shard, m.id as merchant_id, o.order_id, o.order_index, miaojie.order_state(o.state) as state,
           b.id as member_id, o.currency, o.payable_minor, o.captured_minor, o.refunded_minor,
           o.pool_spendable_minor + o.pool_withdrawable_minor as pool_spend_minor, o.pool_returned_minor, o.store_id,
           o.channel, o.clerk_id, o.lines, o.metadata, miaojie.at(o.placed_at_ns) as placed_at,
           miaojie.at(o.made_at_ns) as made_at, miaojie.at(o.pay_by_ns) as pay_by,
           miaojie.at(o.hold_until_ns) as hold_until, o.release_paused, o.delivered, o.made_by, o.sequence,
           o.as_of_sequence
    from miaojie.order_now o
    join miaojie.merchant m using (shard, merchant_index)
    left join miaojie.member b on b.shard = o.shard and b.member_index = o.member_index;
comment on view bi.orders is
    'One row per order, whatever made it. lines: as placed; a payment keeps its lines in the journal.';

create view bi.refunds as
    select f.shard, f.sequence, m.id as merchant_id, f.source, f.refund_id, f.order_id, f.payment_id, f.refund_order_id,
           f.amount_minor, f.currency, f.status, f.result, f.goodwill, f.lines, f.metadata,
           miaojie.at(f.refunded_at_ns) as refunded_at, miaojie.at(f.settled_at_ns) as settled_at
    from miaojie.refund f
    join miaojie.merchant m using (shard, merchant_index);
comment on view bi.refunds is
    'One row per refund fact. status: of the channel; result: SETTLED, PARKED (before its payment) or RECORDED.';

create view bi.claws as
    select t.shard, t.sequence, m.id as merchant_id, miaojie.order_id(t.shard, t.order_index) as order_id, f.refund_id,
           c.id as campaign_id, c.version as campaign_version, b.id as member_id, t.level,
           t.clawed_minor as amount_minor, c.currency, miaojie.cause(t.cause) as cause,
           miaojie.at(t.settled_at_ns) as clawed_at
    from miaojie.grant_move t
    join miaojie.campaign c on c.shard = t.shard and c.campaign_index = t.campaign_index
    join miaojie.merchant m on m.shard = c.shard and m.merchant_index = c.merchant_index
    join miaojie.member b on b.shard = t.shard and b.member_index = t.member_index
    left join miaojie.refund f on f.shard = t.shard and f.sequence = t.sequence
    where t.clawed_minor <> 0;
comment on view bi.claws is 'What each record took back of each grant.';

create view bi.releases as
    select t.shard, t.sequence, m.id as merchant_id, miaojie.order_id(t.shard, t.order_index) as order_id,
           c.id as campaign_id, c.version as campaign_version, b.id as member_id, t.level,
           -t.pending_minor as pending_minor, -t.instant_minor as instant_minor, c.currency,
           miaojie.cause(t.cause) as cause, miaojie.at(t.settled_at_ns) as released_at
    from miaojie.grant_move t
    join miaojie.campaign c on c.shard = t.shard and c.campaign_index = t.campaign_index
    join miaojie.merchant m on m.shard = c.shard and m.merchant_index = c.merchant_index
    join miaojie.member b on b.shard = t.shard and b.member_index = t.member_index
    where t.is_release;
comment on view bi.releases is
    'Grants that became withdrawable. instant_minor: the most that moved from spendable: what was spent did not.';

create view bi.deliveries as
    select d.shard, d.sequence, m.id as merchant_id, d.source, d.delivery_id, d.order_id, d.lines, d.result,
           miaojie.at(d.delivered_at_ns) as delivered_at, miaojie.at(d.settled_at_ns) as settled_at
    from miaojie.delivery d
    join miaojie.merchant m using (shard, merchant_index);
comment on view bi.deliveries is 'One row per delivery fact. Empty lines: every line.';

create view bi.refund_orders as
    select r.shard, r.sequence, m.id as merchant_id, r.id as refund_order_id,
           miaojie.order_id(r.shard, r.order_index) as order_id, p.payment_id, r.state, r.reason, r.amount_minor,
           r.currency, miaojie.at(r.made_at_ns) as made_at,
           miaojie.at(r.changed_at_ns) as changed_at, r.changed_sequence, r.ordinal, r.merchant_index
    from miaojie.refund_order r
    join miaojie.merchant m using (shard, merchant_index)
    join miaojie.payment_order p on p.shard = r.shard and p.sequence = r.payment_sequence;
comment on view bi.refund_orders is
    'Money of payments that is to go back: not captured, or captured of an order that ended unpaid.';

create view bi.withdrawals as
    select w.shard, w.sequence, m.id as merchant_id, w.id as withdrawal_id, b.id as member_id, w.state, w.query_due,
           w.amount_minor, w.fee_minor, w.tax_minor, w.currency, w.method, w.payee, w.out_bill_no,
           w.transfer_bill_no, miaojie.at(w.requested_at_ns) as requested_at,
           miaojie.at(w.changed_at_ns) as changed_at, w.changed_sequence, w.merchant_index
    from miaojie.withdrawal w
    join miaojie.merchant m using (shard, merchant_index)
    join miaojie.member b using (shard, member_index);
comment on view bi.withdrawals is
    'One row per withdrawal, in its last state. query_due: 24 hours after submit without an end.';

create view bi.withdrawal_events as
    select e.shard, e.sequence, m.id as merchant_id, w.id as withdrawal_id, miaojie.cause(e.cause) as cause, e.state,
           e.query_due, e.actor, e.reason, e.transfer_bill_no, miaojie.at(e.observed_at_ns) as observed_at,
           miaojie.at(e.settled_at_ns) as settled_at
    from miaojie.withdrawal_event e
    join miaojie.withdrawal w using (shard, withdrawal_index)
    join miaojie.merchant m using (shard, merchant_index);
comment on view bi.withdrawal_events is 'One row per record that told of a withdrawal.';

create view bi.adjustments as
    select a.shard, a.sequence, m.id as merchant_id, a.id as adjustment_id, b.id as member_id, a.bucket, a.amount_minor,
           a.currency, a.reason, a.actor, miaojie.at(a.settled_at_ns) as settled_at
    from miaojie.adjustment a
    join miaojie.merchant m using (shard, merchant_index)
    join miaojie.member b using (shard, member_index);
comment on view bi.adjustments is 'What operators put into pools or took out.';

create view bi.fundings as
    select f.shard, f.sequence, m.id as merchant_id, f.id as funding_id, f.funder, f.amount_minor, f.currency, f.mode,
           f.balance_minor, f.actor, miaojie.at(f.settled_at_ns) as settled_at
    from miaojie.funding f
    join miaojie.merchant m using (shard, merchant_index);
comment on view bi.fundings is 'Money that funders brought or took back; balance_minor: their account after it.';

create view bi.link_targets as
    select t.shard, t.sequence, m.id as merchant_id, t.id as target_id, t.url, miaojie.at(t.created_at_ns) as created_at
    from miaojie.link_target t
    join miaojie.merchant m using (shard, merchant_index);
comment on view bi.link_targets is 'Where share links may lead.';

create view bi.share_links as
    select l.shard, l.sequence, m.id as merchant_id, l.id as link_id, l.token, l.owner_id, l.target_id, l.campaign_id,
           l.channel, miaojie.at(l.created_at_ns) as created_at, miaojie.at(l.expires_at_ns) as expires_at
    from miaojie.share_link l
    join miaojie.merchant m using (shard, merchant_index);
comment on view bi.share_links is 'Share links, one for each (owner, target, campaign, channel).';

create view bi.touches as
    select t.shard, t.sequence, m.id as merchant_id, t.id as touch_id, t.token, l.owner_id, t.visitor_id, t.member_id,
           t.code, miaojie.at(t.touched_at_ns) as touched_at
    from miaojie.touch t
    join miaojie.merchant m using (shard, merchant_index)
    left join miaojie.share_link l using (shard, merchant_index, token);
comment on view bi.touches is 'Share links that were opened. code: why it bound nobody.';

create view bi.referrals as
    select b.shard, m.id as merchant_id, b.id as member_id, r.id as referrer_id, miaojie.at(l.bound_at_ns) as bound_at,
           miaojie.at(b.bound_until_ns) as bound_until, l.cause, b.member_index, b.referrer_index, l.sequence
    from miaojie.member b
    join miaojie.merchant m using (shard, merchant_index)
    join miaojie.member r on r.shard = b.shard and r.member_index = b.referrer_index
    left join lateral (
        select n.sequence, n.bound_at_ns, miaojie.cause(n.cause) as cause from miaojie.binding n
        where n.shard = b.shard and n.member_index = b.member_index order by n.sequence desc limit 1) l on true;
comment on view bi.referrals is 'Who brought whom, as it is now.';

create view bi.discrepancies as
    select d.shard, d.sequence, m.id as merchant_id, d.code, miaojie.cause(d.cause) as fact, d.fact_id, d.order_id,
           d.member_id, miaojie.at(d.settled_at_ns) as settled_at, d.ordinal, d.merchant_index
    from miaojie.discrepancy d
    join miaojie.merchant m using (shard, merchant_index);
comment on view bi.discrepancies is 'Facts that were taken although something about them does not fit.';

create view bi.order_timeline as
    select t.shard, t.order_index, t.sequence,
           row_number() over (partition by t.shard, t.order_index
               order by t.sequence, t.rank, t.level, t.reference, t.code) as place,
           miaojie.order_id(t.shard, t.order_index) as order_id, t.event, t.reference, b.id as member_id, t.level,
           t.amount_minor, t.currency, t.detail, t.code, miaojie.at(t.at_ns) as at
    from (
        select l.shard, l.order_index, l.sequence, 0 as rank,
               case l.cause when 9 then 'PLACED' when 10 then 'CANCELLED' when 11 then 'AFTER_SALE' else 'EXPIRED' end
                   as event,
               null as reference, l.member_index, null::integer as level,
               case when l.cause = 9 then l.payable_minor end as amount_minor,
               case when l.cause = 9 then o.currency end as currency,
               case when l.cause = 11 then case when l.release_paused then 'OPEN' else 'CLOSED' end end as detail,
               null::integer as code, l.settled_at_ns as at_ns
        from miaojie.order_change l
        left join miaojie.shop_order o on o.shard = l.shard and o.order_index = l.order_index
        where l.cause in (9, 10, 11) or l.cause in (2, 25) and l.state = 3
        union all
        select shard, order_index, sequence, 1, 'PAYMENT', payment_id, member_index, null, amount_minor, currency,
               case status when 1 then 'CAPTURED' when 2 then 'LATE_REFUND_DUE' when 3 then 'DUPLICATE_REFUND_DUE'
                   when 4 then 'AMOUNT_MISMATCH' else status::text end, null, settled_at_ns
        from miaojie.payment_order
        union all
        select shard, order_index, sequence, 1, 'REFUND', refund_id, null, null, amount_minor, currency, result, null,
               settled_at_ns
        from miaojie.refund
        union all
        select shard, order_index, sequence, 1, 'DELIVERY', delivery_id, null, null, null, null, result, null,
               settled_at_ns
        from miaojie.delivery
        union all
        select r.shard, r.order_index, r.sequence, 2, 'REFUND_ORDER', r.id, null, null, r.amount_minor, r.currency,
               r.reason, null, r.made_at_ns
        from miaojie.refund_order r
        union all
        select g.shard, g.order_index, g.sequence, move.rank, move.event, c.id, g.member_index, g.level,
               move.amount_minor, c.currency, null, null, g.settled_at_ns
        from miaojie.grant_move g
        join miaojie.campaign c on c.shard = g.shard and c.campaign_index = g.campaign_index
        cross join lateral (values
            (3, 'GRANTED', g.credited_minor, g.credited_minor <> 0), (4, 'CLAWED', g.clawed_minor, g.clawed_minor <> 0),
            (5, 'RELEASED', -(g.pending_minor + g.instant_minor), g.is_release))
            as move (rank, event, amount_minor, is_so)
        where move.is_so and g.order_index >= 0
        union all
        select f.shard, f.order_index, f.sequence, 6, 'SKIPPED', c.id, null, s.level, null, null, null, s.code,
               f.settled_at_ns
        from (
            select shard, order_index, sequence, outcome, settled_at_ns from miaojie.payment_order
            union all
            select shard, order_index, sequence, outcome, settled_at_ns from miaojie.refund
            union all
            select shard, order_index, sequence, outcome, settled_at_ns from miaojie.delivery) f
        cross join lateral miaojie.effect_skips(f.outcome) s
        left join miaojie.campaign c on c.shard = f.shard and c.campaign_index = s.campaign_index) t
    left join miaojie.member b on b.shard = t.shard and b.member_index = t.member_index;
comment on view bi.order_timeline is
    'All that happened to an order, place by place. Filter by shard and order_index, which bi.orders names.';
comment on column bi.order_timeline.code is
    'Number of the result code of a skip; without a reference: of the whole fact.';

-- Plain credits say how much they moved, everything else what was there afterwards: the difference is what it moved.
create view bi.pool_entries as
    select e.shard, e.sequence, b.merchant_index, m.id as merchant_id, b.id as member_id, e.member_index, e.currency,
           e.place, e.reason, miaojie.order_id(e.shard, e.order_index) as order_id,
           coalesce(e.campaign_id, p.payment_id, f.refund_id, d.delivery_id, w.withdrawal_id, a.id) as reference,
           e.pending_minor, e.spendable_minor, e.withdrawable_minor, e.locked_minor, e.debt_minor,
           (sum(e.pending_minor) over after)::bigint as pending_after_minor,
           (sum(e.spendable_minor) over after)::bigint as spendable_after_minor,
           (sum(e.withdrawable_minor) over after)::bigint as withdrawable_after_minor,
           (sum(e.locked_minor) over after)::bigint as locked_after_minor,
           (sum(e.debt_minor) over after)::bigint as debt_after_minor,
           miaojie.at(e.settled_at_ns) as at
    from (
        select shard, sequence, member_index, currency, place, order_index, campaign_id, reason, settled_at_ns,
               (case when is_state then pending - coalesce(lag(pending) over states, 0) else pending end)::bigint
                   as pending_minor,
               (case when is_state then spendable - coalesce(lag(spendable) over states, 0) else spendable end)::bigint
                   as spendable_minor,
               (case when is_state then withdrawable - coalesce(lag(withdrawable) over states, 0)
                   else withdrawable end)::bigint as withdrawable_minor,
               case when is_state then locked - coalesce(lag(locked) over states, 0) else locked end as locked_minor,
               case when is_state then debt - coalesce(lag(debt) over states, 0) else debt end as debt_minor
        from (
            select shard, sequence, member_index, currency, place, order_index, campaign_id, reason, settled_at_ns,
                   is_state,
                   case when is_state then pending_minor - coalesce(sum(pending_minor) filter (where not is_state)
                       over before, 0) else pending_minor end as pending,
                   case when is_state then spendable_minor - coalesce(sum(spendable_minor) filter (where not is_state)
                       over before, 0) else spendable_minor end as spendable,
                   case when is_state then withdrawable_minor - coalesce(sum(withdrawable_minor)
                       filter (where not is_state) over before, 0) else withdrawable_minor end as withdrawable,
                   locked_minor as locked, debt_minor as debt
            from (
                select g.shard, g.sequence, g.member_index, c.currency, g.level * 1000000 + g.campaign_index as place,
                       g.order_index, c.id as campaign_id, 'GRANT' as reason,
                       coalesce(g.granted_at_ns, p.settled_at_ns) as settled_at_ns, false as is_state,
                       coalesce(g.pending_minor, 0) as pending_minor,
                       case when g.released then 0 else g.amount_minor - coalesce(g.pending_minor, 0) end
                           as spendable_minor,
                       case when g.released then g.amount_minor - coalesce(g.pending_minor, 0) else 0 end
                           as withdrawable_minor, 0::bigint as locked_minor, 0::bigint as debt_minor
                from miaojie.grant_entry g
                join miaojie.campaign c on c.shard = g.shard and c.campaign_index = g.campaign_index
                left join miaojie.payment_order p on p.shard = g.shard and p.sequence = g.sequence
                where not exists (
                    select from miaojie.pool_change x where x.shard = g.shard and x.member_index = g.member_index
                           and x.currency = c.currency and x.sequence = g.sequence)
                union all
                select shard, sequence, member_index, currency, 0, order_index, null, miaojie.cause(cause),
                       settled_at_ns, true, pending_minor, spendable_minor, withdrawable_minor, locked_minor, debt_minor
                from miaojie.pool_change) move
            window before as (partition by shard, member_index, currency order by sequence)) level
        window states as (partition by shard, member_index, currency, is_state order by sequence)) e
    join miaojie.member b on b.shard = e.shard and b.member_index = e.member_index
    join miaojie.merchant m on m.shard = b.shard and m.merchant_index = b.merchant_index
    left join miaojie.payment_order p on p.shard = e.shard and p.sequence = e.sequence
    left join miaojie.refund f on f.shard = e.shard and f.sequence = e.sequence
    left join miaojie.delivery d on d.shard = e.shard and d.sequence = e.sequence
    left join miaojie.adjustment a on a.shard = e.shard and a.sequence = e.sequence
    left join lateral (
        select x.id as withdrawal_id from miaojie.withdrawal_event v
        join miaojie.withdrawal x using (shard, withdrawal_index)
        where v.shard = e.shard and v.sequence = e.sequence and x.member_index = e.member_index limit 1) w on true
    where (e.pending_minor, e.spendable_minor, e.withdrawable_minor, e.locked_minor, e.debt_minor) <> (0, 0, 0, 0, 0)
    window after as (partition by e.shard, e.member_index, e.currency order by e.sequence, e.place);
comment on view bi.pool_entries is
    'Every change of every pool, and what was there after it. Filter by shard, member_index and currency.';

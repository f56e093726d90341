-- Tables of the projection. Written by the projector only; read through the views of schema bi, never directly.
-- Money is a count of minor units beside its currency code; times are epoch nanoseconds; ids are exact bytes.

create table miaojie.position (
    shard         smallint    primary key,
    sequence      bigint      not null,
    epoch         bigint      not null,
    record_crc    integer     not null,
    record_at_ns  bigint      not null,
    projected_at  timestamptz not null
) with (fillfactor = 50);
comment on table miaojie.position is
    'Last projected record of each shard. epoch: raised by each projector that starts, so that an older one writes no more.';

create table miaojie.shard (
    shard               smallint primary key,
    sandbox             boolean  not null,
    clock_follows_events boolean not null,
    opened_at_ns        bigint   not null
);

create table miaojie.merchant (
    sequence           bigint   not null,
    created_at_ns      bigint   not null,
    merchant_index     integer  not null,
    shard              smallint not null,
    utc_offset_minutes smallint not null,
    currency           text     collate "C" not null,
    id                 text     collate "C" not null,
    name               text     not null,
    primary key (shard, merchant_index),
    unique (shard, id)
);

create table miaojie.api_key (
    sequence       bigint   not null,
    created_at_ns  bigint   not null,
    revoked_at_ns  bigint,
    key_index      integer  not null,
    merchant_index integer  not null,
    shard          smallint not null,
    role           text     collate "C" not null,
    id             text     collate "C" not null,
    store_id       text     collate "C",
    primary key (shard, key_index)
);
comment on table miaojie.api_key is 'Neither secrets nor their hashes.';

create table miaojie.campaign (
    sequence                bigint   not null,
    created_at_ns           bigint   not null,
    starts_at_ns            bigint,
    ends_at_ns              bigint,
    budget_amount_minor     bigint,
    budget_count            bigint,
    budget_per_day_minor    bigint,
    budget_per_member_minor bigint,
    campaign_index          integer  not null,
    merchant_index          integer  not null,
    version                 integer  not null,
    shard                   smallint not null,
    state                   text     collate "C" not null,
    kind                    text     collate "C" not null,
    currency                text     collate "C" not null,
    id                      text     collate "C" not null,
    funder                  text     collate "C" not null,
    terms                   jsonb    not null,
    stores                  jsonb    not null,
    channels                jsonb    not null,
    metadata                text,
    primary key (shard, campaign_index),
    unique (shard, merchant_index, id, version)
);
comment on table miaojie.campaign is 'One row per version; versions never change, only their state does.';

create table miaojie.member (
    sequence       bigint   not null,
    created_at_ns  bigint   not null,
    member_index   integer  not null,
    merchant_index integer  not null,
    shard          smallint not null,
    id             text     collate "C" not null,
    primary key (shard, member_index),
    unique (shard, merchant_index, id)
);

-- The unique index over (merchant, source, payment) is the table of remembered ids.
create table miaojie.payment_order (
    sequence       bigint   not null,
    amount_minor   bigint   not null,
    shipping_minor bigint   not null,
    paid_at_ns     bigint,
    settled_at_ns  bigint   not null,
    fingerprint    bigint   not null,
    order_index    integer  not null,
    member_index   integer,
    merchant_index integer  not null,
    shard          smallint not null,
    status         smallint not null,
    instalment     smallint not null,
    made_order     boolean  not null,
    currency       text     collate "C" not null,
    source         text     collate "C" not null,
    payment_id     text     collate "C" not null,
    order_id       text     collate "C" not null,
    store_id       text     collate "C",
    channel        text     collate "C",
    metadata       text,
    outcome        bytea    not null,
    primary key (shard, sequence),
    unique (payment_id, source, merchant_index, shard)
);
comment on table miaojie.payment_order is 'One row per payment; the row with made_order is the one that made the order.';
comment on column miaojie.payment_order.outcome is 'The answer as bytes, SBE PaymentOutcome with its header.';

create table miaojie.grant_entry (
    sequence       bigint   not null,
    amount_minor   bigint   not null,
    order_index    integer  not null,
    campaign_index integer  not null,
    member_index   integer  not null,
    shard          smallint not null,
    level          smallint not null,
    primary key (shard, order_index, campaign_index, member_index, level)
);

create table miaojie.pool (
    as_of_sequence     bigint   not null,
    pending_minor      bigint   not null,
    spendable_minor    bigint   not null,
    withdrawable_minor bigint   not null,
    locked_minor       bigint   not null,
    debt_minor         bigint   not null,
    member_index       integer  not null,
    shard              smallint not null,
    currency           text     collate "C" not null,
    primary key (shard, member_index, currency)
) with (fillfactor = 70);
comment on column miaojie.pool.debt_minor is 'What the member owes, at or above zero.';

-- Helpers of the views.

create function miaojie.at(ns bigint) returns timestamptz
    language sql immutable strict parallel safe
    return timestamptz '1970-01-01 00:00:00+00' + (ns / 1000) * interval '1 microsecond';

create function miaojie.uint16(bytes bytea, at integer) returns integer
    language sql immutable strict parallel safe
    return get_byte(bytes, at) + (get_byte(bytes, at + 1) << 8);

-- Reads group skips of a PaymentOutcome: header (5 bytes), fields, group grants, group skips.
create function miaojie.skips(outcome bytea) returns table (campaign_index integer, code integer)
    language plpgsql immutable strict parallel safe as $$
declare
    at integer := 5 + miaojie.uint16(outcome, 0);
    width integer;
begin
    at := at + 3 + get_byte(outcome, at) * miaojie.uint16(outcome, at + 1);
    width := get_byte(outcome, at);
    for place in 0 .. miaojie.uint16(outcome, at + 1) - 1 loop
        campaign_index := miaojie.uint16(outcome, at + 3 + place * width)
            + (miaojie.uint16(outcome, at + 5 + place * width) << 16);
        code := miaojie.uint16(outcome, at + 7 + place * width);
        return next;
    end loop;
end $$;

-- Views, version 1. Within a version columns are only added.

create schema if not exists bi;
comment on schema bi is 'Version 1. For reports: columns are only added within a version. All amounts are minor units.';

create view bi.position as
    select shard, sequence, miaojie.at(record_at_ns) as record_at, projected_at from miaojie.position;
comment on view bi.position is
    'How far each shard is projected: last record (sequence), when it was settled, when it came here.';

create view bi.merchants as
    select shard, id as merchant_id, name, currency, utc_offset_minutes, miaojie.at(created_at_ns) as created_at, sequence
    from miaojie.merchant;
comment on view bi.merchants is 'Merchants.';

create view bi.campaigns as
    select c.shard, m.id as merchant_id, c.id as campaign_id, c.version, c.kind, c.state, c.currency, c.funder,
           miaojie.at(c.starts_at_ns) as starts_at, miaojie.at(c.ends_at_ns) as ends_at,
           c.budget_amount_minor, c.budget_count, c.budget_per_day_minor, c.budget_per_member_minor,
           c.terms, c.stores, c.channels, c.metadata, miaojie.at(c.created_at_ns) as created_at, c.sequence
    from miaojie.campaign c
    join miaojie.merchant m using (shard, merchant_index);
comment on view bi.campaigns is 'One row per campaign version. Budgets: null is unbounded. Empty stores or channels: all.';

create view bi.members as
    select b.shard, m.id as merchant_id, b.id as member_id, miaojie.at(b.created_at_ns) as created_at, b.sequence
    from miaojie.member b
    join miaojie.merchant m using (shard, merchant_index);
comment on view bi.members is 'Members, pseudonymous as the caller named them.';

create view bi.payments as
    select p.shard, p.sequence, m.id as merchant_id, p.source, p.payment_id, p.order_id, b.id as member_id,
           p.amount_minor, p.shipping_minor, p.currency,
           case p.status when 1 then 'CAPTURED' when 2 then 'LATE_REFUND_DUE' when 3 then 'DUPLICATE_REFUND_DUE'
               when 4 then 'AMOUNT_MISMATCH' else p.status::text end as status,
           case p.instalment when 1 then 'FULL' when 2 then 'DEPOSIT' when 3 then 'BALANCE' else p.instalment::text end
               as instalment,
           p.store_id, p.channel, p.metadata, miaojie.at(p.paid_at_ns) as paid_at,
           miaojie.at(p.settled_at_ns) as settled_at
    from miaojie.payment_order p
    join miaojie.merchant m using (shard, merchant_index)
    left join miaojie.member b on b.shard = p.shard and b.member_index = p.member_index;
comment on view bi.payments is 'One row per payment. paid_at: business time; settled_at: when the engine decided.';

create view bi.grants as
    select g.shard, g.sequence, m.id as merchant_id, p.order_id, p.payment_id, c.id as campaign_id,
           c.version as campaign_version, b.id as member_id, g.level, g.amount_minor, p.currency, c.funder,
           miaojie.at(p.settled_at_ns) as granted_at
    from miaojie.grant_entry g
    join miaojie.payment_order p on p.shard = g.shard and p.sequence = g.sequence
    join miaojie.campaign c on c.shard = g.shard and c.campaign_index = g.campaign_index
    join miaojie.merchant m on m.shard = c.shard and m.merchant_index = c.merchant_index
    join miaojie.member b on b.shard = g.shard and b.member_index = g.member_index;
comment on view bi.grants is 'Rewards, one row per (order, campaign version, member, level). Level 0 is the buyer.';

create view bi.transfers as
    select shard, sequence, merchant_id, order_id, campaign_id, campaign_version, level, currency, side.account,
           side.amount_minor, granted_at
    from bi.grants
    cross join lateral (values ('funder:' || funder, -amount_minor), ('spendable:' || member_id, amount_minor))
        as side (account, amount_minor);
comment on view bi.transfers is 'The two sides of each grant; they add up to zero.';

create view bi.skips as
    select p.shard, p.sequence, m.id as merchant_id, p.order_id, p.payment_id, c.id as campaign_id,
           c.version as campaign_version, s.code, miaojie.at(p.settled_at_ns) as settled_at
    from miaojie.payment_order p
    join miaojie.merchant m using (shard, merchant_index)
    cross join lateral miaojie.skips(p.outcome) s
    left join miaojie.campaign c on c.shard = p.shard and c.campaign_index = s.campaign_index;
comment on view bi.skips is 'Why a payment earned nothing of a campaign (no campaign: of none). code: number of the result code.';

create view bi.pools as
    select o.shard, m.id as merchant_id, b.id as member_id, o.currency, o.pending_minor, o.spendable_minor,
           o.withdrawable_minor, o.locked_minor, o.debt_minor,
           o.spendable_minor + o.withdrawable_minor as available_minor, o.as_of_sequence
    from miaojie.pool o
    join miaojie.member b using (shard, member_index)
    join miaojie.merchant m on m.shard = b.shard and m.merchant_index = b.merchant_index;
comment on view bi.pools is 'Balances per member and currency, as of the last record that touched them.';

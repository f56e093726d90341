-- What became of the rewards of orders that a rule of risk hit: one row for each verdict.

create table miaojie.risk_verdict (
    sequence       bigint   not null,
    at_ns          bigint   not null,
    until_ns       bigint,
    merchant_index integer  not null,
    order_index    integer  not null,
    shard          smallint not null,
    cause          smallint not null,
    verdict        text     collate "C" not null,
    code           text     collate "C" not null,
    actor          text     collate "C",
    reason         text     collate "C",
    primary key (shard, order_index, sequence)
);
create index risk_verdict_by_merchant on miaojie.risk_verdict (shard, merchant_index, sequence);
comment on column miaojie.risk_verdict.until_ns is 'Of HOLD: when it ends although nobody decided.';

create or replace function miaojie.cause(command smallint) returns text
    language sql immutable strict parallel safe
    return case command
        when 2 then 'TIMER' when 8 then 'PAYMENT' when 9 then 'ORDER_PLACED' when 10 then 'ORDER_CANCELLED'
        when 11 then 'AFTER_SALE' when 12 then 'REFUND' when 13 then 'DELIVERY' when 14 then 'REGISTRATION'
        when 15 then 'BINDING' when 18 then 'TOUCH' when 19 then 'WITHDRAWAL_REQUESTED'
        when 20 then 'WITHDRAWAL_DECIDED' when 21 then 'WITHDRAWAL_SUBMITTED' when 22 then 'WITHDRAWAL_REPORTED'
        when 23 then 'ADJUSTMENT' when 24 then 'FUNDING' when 25 then 'CLOCK_ADVANCED'
        when 26 then 'ACTION' when 41 then 'REVIEW' else command::text end;

create view bi.order_reviews as
    select distinct on (r.shard, r.order_index)
           r.shard, r.sequence, m.id as merchant_id, o.id as order_id, r.verdict, r.code, r.actor, r.reason,
           miaojie.at(r.at_ns) as at, miaojie.at(r.until_ns) as until, miaojie.cause(r.cause) as cause
    from miaojie.risk_verdict r
    join miaojie.merchant m on m.shard = r.shard and m.merchant_index = r.merchant_index
    join miaojie.shop_order o on o.shard = r.shard and o.order_index = r.order_index
    order by r.shard, r.order_index, r.sequence desc;
comment on view bi.order_reviews is
    'Orders that a rule of risk hit, by the last verdict: HOLD (waits for a person until then), RELEASE, REJECT.';

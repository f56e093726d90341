-- What members may draw out and what it costs them, one row for each definition; the newest of a currency holds.

create table miaojie.payout_terms (
    sequence             bigint   not null,
    defined_at_ns        bigint   not null,
    amount_min_minor     bigint   not null,
    amount_max_minor     bigint   not null,
    amount_per_day_minor bigint   not null,
    approved_up_to_minor bigint   not null,
    fee_min_minor        bigint   not null,
    merchant_index       integer  not null,
    fee_ppm              integer  not null,
    tax_ppm              integer  not null,
    count_per_day        integer  not null,
    free_per_day         integer  not null,
    cut_off_minute       integer  not null,
    shard                smallint not null,
    currency             text     collate "C" not null,
    id                   text     collate "C" not null,
    actor                text     collate "C",
    primary key (shard, sequence)
);
comment on table miaojie.payout_terms is 'Bounds of 0 are none. cut_off_minute: of the business day, when the next payout day begins.';

create view bi.payout_terms as
    select t.shard, t.sequence, m.id as merchant_id, t.id as payout_terms_id, t.currency,
           nullif(t.amount_min_minor, 0) as amount_min_minor, nullif(t.amount_max_minor, 0) as amount_max_minor,
           nullif(t.amount_per_day_minor, 0) as amount_per_day_minor, nullif(t.count_per_day, 0) as count_per_day,
           t.approved_up_to_minor, t.fee_ppm, t.fee_min_minor, t.free_per_day, t.tax_ppm, t.cut_off_minute, t.actor,
           miaojie.at(t.defined_at_ns) as defined_at, t.merchant_index
    from miaojie.payout_terms t
    join miaojie.merchant m using (shard, merchant_index);
comment on view bi.payout_terms is 'What members may draw out; the newest of a merchant and currency holds.';

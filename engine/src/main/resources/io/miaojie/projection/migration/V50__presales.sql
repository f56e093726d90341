-- Presales: what became of each booking, what was booked when and where, and of each campaign its deposits.

create index roster_entry_by_campaign on miaojie.roster_entry (campaign_index);

create view bi.presale_bookings as
    select e.shard, e.sequence, m.id as merchant_id, c.id as campaign_id, c.version as campaign_version,
           o.id as order_id, b.id as member_id, miaojie.kind_word(c.kind, 'entry_state', e.state) as state, e.pieces,
           e.amount_minor, (c.terms ->> 'deposit')::bigint * e.pieces as deposit_minor, c.currency,
           nullif(e.first_number, 0) as rank,
           e.first_number between 1 and coalesce((c.terms ->> 'first_batch')::bigint, 0) as is_first_batch,
           nullif(o.channel, '') as channel, nullif(o.store_id, '') as store_id,
           nullif(o.metadata, '')::jsonb ->> 'region' as region,
           miaojie.at(e.made_at_ns) as booked_at, miaojie.at(e.changed_at_ns) as changed_at, c.merchant_index,
           e.entry_index, e.order_index
    from miaojie.roster_entry e
    join miaojie.campaign c on c.shard = e.shard and c.campaign_index = e.campaign_index and c.kind = 'presale'
    join miaojie.merchant m on m.shard = c.shard and m.merchant_index = c.merchant_index
    join miaojie.member b on b.shard = e.shard and b.member_index = e.member_index
    join miaojie.shop_order o on o.shard = e.shard and o.order_index = e.order_index;
comment on view bi.presale_bookings is
    'Bookings of presales, each in its last state; rank: in the order of their first payments, is_first_batch by it.';

create view bi.presale_demand as
    select shard, min(sequence) as sequence, merchant_id, campaign_id, date_trunc('hour', booked_at, 'UTC') as hour,
           channel, region, count(*) as placed,
           count(*) filter (where state in ('DEPOSIT_PAID', 'BALANCE_DUE', 'PAID')) as booked,
           coalesce(sum(pieces) filter (where state in ('DEPOSIT_PAID', 'BALANCE_DUE', 'PAID')), 0)::bigint as pieces,
           coalesce(sum(deposit_minor) filter (where state in ('DEPOSIT_PAID', 'BALANCE_DUE', 'PAID')), 0)::bigint
               as deposits_minor,
           currency, merchant_index
    from bi.presale_bookings
    group by shard, merchant_id, merchant_index, campaign_id, date_trunc('hour', booked_at, 'UTC'), channel, region,
             currency;
comment on view bi.presale_demand is
    'What was booked by hour, channel and region of the order''s metadata. booked: paid and not gone back.';

create view bi.presales as
    select g.shard, g.changed_sequence as sequence, m.id as merchant_id, c.id as campaign_id,
           miaojie.kind_word(c.kind, 'group_state', g.state) as phase, g.r0 as booked, g.r1 as open,
           g.r2 as deposits_held_minor, g.r3 as deposits_applied_minor, g.r4 as deposits_returned_minor,
           g.r5 as deposits_forfeited_minor, nullif(g.r6, 0) as count_price_minor, g.r7 as ranks, c.currency,
           c.merchant_index
    from miaojie.roster_group g
    join miaojie.campaign c on c.shard = g.shard and c.campaign_index = g.campaign_index and c.kind = 'presale'
    join miaojie.merchant m on m.shard = c.shard and m.merchant_index = c.merchant_index;
comment on view bi.presales is
    'Presales that somebody has booked: their phase, and what became of all deposits.';

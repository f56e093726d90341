-- Who did which write of an operator or administrator, refused ones too: one row per record.

create table miaojie.audit (
    sequence       bigint   not null,
    at_ns          bigint   not null,
    key_index      integer  not null,
    merchant_index integer,
    code           integer  not null,
    shard          smallint not null,
    action         text     collate "C" not null,
    subject        text     collate "C" not null,
    actor          text     collate "C",
    primary key (shard, sequence)
);
create index audit_by_merchant on miaojie.audit (shard, merchant_index, sequence);
comment on column miaojie.audit.code is 'Number of the result code; 0: done.';

create view bi.audit as
    select a.shard, a.sequence, m.id as merchant_id, a.action, a.subject, a.actor, k.id as key_id, a.code,
           miaojie.at(a.at_ns) as at
    from miaojie.audit a
    left join miaojie.merchant m on m.shard = a.shard and m.merchant_index = a.merchant_index
    left join miaojie.api_key k on k.shard = a.shard and k.key_index = a.key_index;
comment on view bi.audit is 'Writes of operators and administrators. No key: the node''s own. Actor: as the caller said.';

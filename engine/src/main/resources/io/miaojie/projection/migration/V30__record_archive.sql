-- Records that the journal no longer keeps, see Retention: every record from the first on, in blocks.
create table miaojie.record_archive (
    shard          smallint not null,
    last_sequence  bigint   not null,
    first_sequence bigint   not null,
    records        bytea    not null,
    primary key (shard, last_sequence)
);
comment on table miaojie.record_archive is 'Blocks of journal records, the only copy of them once their files are gone.';
comment on column miaojie.record_archive.records is 'Whole records as the journal held them, deflated (zlib).';
alter table miaojie.record_archive alter column records set storage external;

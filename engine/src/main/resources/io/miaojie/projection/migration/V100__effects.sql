-- Reading the effects of an outcome (wire.EffectsWriter): numbers tell their length in the first byte (wire.Varint), and
-- notes have as many numbers as wire.EffectNote says.

-- Returns how many bytes the number takes that begins here: as the place of the lowest bit in its first byte, 9 for none.
create function miaojie.number_width(bytes bytea, at integer) returns integer
    language sql immutable strict parallel safe
    return case get_byte(bytes, at) & -get_byte(bytes, at)
        when 1 then 1 when 2 then 2 when 4 then 3 when 8 then 4 when 16 then 5 when 32 then 6 when 64 then 7 when 128 then 8
        else 9 end;

-- Reads the skips of the effects of a SettledOutcome: header (5 bytes), fields, effects. Their numbers are short.
create or replace function miaojie.effect_skips(outcome bytea)
    returns table (campaign_index integer, level integer, code integer)
    language plpgsql immutable strict parallel safe as $$
declare
    at integer := 7 + miaojie.uint16(outcome, 0);
    last integer := at + miaojie.uint16(outcome, at - 2);
    tag integer;
    kind integer;
    detail integer;
    shape text;
    step text;
    left_over integer;
    width integer;
    value bigint;
    numbers bigint[];
begin
    while at < last loop
        tag := get_byte(outcome, at);
        at := at + 1;
        kind := tag & 7;
        detail := tag >> 3;
        -- n: a number, t: a text, m: a mask with a bit for each number that follows, but for its highest
        shape := case kind
            when 0 then 'nt' || repeat('n', bit_count(detail::bit(5))::integer)
            when 1 then case when detail & 4 <> 0 then 'nnnm' else 'nnn' end
            when 2 then 'nn'
            when 3 then case when detail & 16 <> 0 then 'nntnnnnnnnnn' else 'nn' end
            when 4 then 'nnnnnn'
            when 5 then 'nnnnnn'
            when 6 then 'ntntn'
            else repeat('n', case detail
                when 5 then 13 when 6 then 10 when 9 then 3 when 10 then 5 when 11 then 3 when 20 then 5
                else 2 end) || 't' end;
        numbers := '{}';
        foreach step in array string_to_array(shape, null) loop
            if step = 't' then
                at := at + 1 + get_byte(outcome, at);
            elsif step = 'm' then
                left_over := bit_count((get_byte(outcome, at) & 127)::bit(8))::integer;
                at := at + 1;
                for i in 1 .. left_over loop
                    at := at + miaojie.number_width(outcome, at);
                end loop;
            else
                width := miaojie.number_width(outcome, at);
                value := 0;
                for i in reverse case when kind = 2 then width - 1 else -1 end .. 0 loop
                    value := value << 8 | get_byte(outcome, at + i);
                end loop;
                numbers := numbers || (value >> width);
                at := at + width;
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

package io.miaojie.settlement.part;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.Role;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The API keys, kept as the commands that made them. Place 0 is the node's own admin key, which no command made. */
public final class ApiKeys implements StatePart {
    private final IdTable ids;
    private final Merchants merchants;
    private final List<ApiKey> keys = new ArrayList<>();

    public ApiKeys(final int max, final Merchants merchants) {
        this.ids = new IdTable(max);
        this.merchants = merchants;
        final Slice noStore = Slice.of(new byte[0]);
        ids.add(ApiKey.NO_MERCHANT, noStore);
        keys.add(new ApiKey(0, ApiKey.NO_MERCHANT, Role.ADMIN, noStore, new byte[0]));
    }

    /** Returns the index of a merchant's key, -1 when unknown. */
    public int find(final int merchant, final Slice id) {
        return ids.find(merchant, id);
    }

    /** Returns the key at this place, null when there is none. */
    public ApiKey at(final int index) {
        return index >= 0 && index < keys.size() ? keys.get(index) : null;
    }

    /** Adds the key of a {@code CreateKeyCommand}, header included, of a merchant that exists. */
    public ApiKey add(final byte[] definition) {
        final UnsafeBuffer buffer = new UnsafeBuffer(definition);
        final CreateKeyCommandDecoder command =
                new CreateKeyCommandDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        final int idOffset = command.limit() + CreateKeyCommandDecoder.idHeaderLength();
        final Slice id = new Slice().wrap(buffer, idOffset, command.skipId());
        final int merchantOffset = command.limit() + CreateKeyCommandDecoder.merchantIdHeaderLength();
        final int merchant = merchants.find(new Slice().wrap(buffer, merchantOffset, command.skipMerchantId()));
        final int storeOffset = command.limit() + CreateKeyCommandDecoder.storeIdHeaderLength();
        final Slice store = new Slice().wrap(buffer, storeOffset, command.skipStoreId());
        final ApiKey key = new ApiKey(ids.add(merchant, id), merchant, command.role(), store, definition);
        keys.add(key);
        return key;
    }

    public void revoke(final int index) {
        keys.get(index).revoke();
    }

    public int count() {
        return keys.size();
    }

    public int room() {
        return ids.room();
    }

    @Override
    public void save(final StateWriter out) {
        out.putInt(count());
        for (int i = 1; i < count(); i++) {
            out.putBytes(keys.get(i).definition());
            out.putInt(keys.get(i).isRevoked() ? 1 : 0);
        }
    }

    @Override
    public void load(final StateReader in) {
        for (int left = in.nextInt() - 1; left > 0; left--) {
            final ApiKey key = add(in.nextBytes());
            if (in.nextInt() == 1) {
                key.revoke();
            }
        }
    }
}

package io.miaojie.settlement.part;

import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import io.miaojie.wire.codec.BindingMode;
import io.miaojie.wire.codec.CreateMerchantCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The merchants, kept as the commands that made them. */
public final class Merchants implements StatePart {
    private final IdTable ids;
    private final List<Merchant> merchants = new ArrayList<>();

    public Merchants(final int max) {
        this.ids = new IdTable(max);
    }

    /** Returns the merchant's index, -1 when unknown. */
    public int find(final Slice id) {
        return ids.find(0, id);
    }

    public Merchant at(final int index) {
        return merchants.get(index);
    }

    /** Adds the merchant of a {@code CreateMerchantCommand}, header included. */
    public Merchant add(final byte[] definition) {
        final UnsafeBuffer buffer = new UnsafeBuffer(definition);
        final CreateMerchantCommandDecoder command =
                new CreateMerchantCommandDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        final int offset = command.limit() + CreateMerchantCommandDecoder.idHeaderLength();
        ids.add(0, new Slice().wrap(buffer, offset, command.skipId()));
        merchants.add(new Merchant(
                merchants.size(),
                command.utcOffsetMinutes(),
                bindingMode(command),
                command.bindingDays(),
                rewardCapPpm(command),
                definition));
        return at(merchants.size() - 1);
    }

    /** Returns the mode that a command names; none: {@code FIRST_TOUCH}. */
    public static BindingMode bindingMode(final CreateMerchantCommandDecoder command) {
        final boolean isNamed = command.bindingModeRaw() != 0 && command.bindingMode() != BindingMode.NULL_VAL;
        return isNamed ? command.bindingMode() : BindingMode.FIRST_TOUCH;
    }

    /** Returns the cap that a command names; none: all of a line. */
    public static int rewardCapPpm(final CreateMerchantCommandDecoder command) {
        final int capPpm = command.rewardCapPpm();
        return capPpm == 0 || capPpm == CreateMerchantCommandDecoder.rewardCapPpmNullValue() ? Money.PPM : capPpm;
    }

    /** Moves the view to the merchant's id. */
    public Slice id(final int index, final Slice view) {
        return ids.id(index, view);
    }

    public int count() {
        return merchants.size();
    }

    public int room() {
        return ids.room();
    }

    @Override
    public void save(final StateWriter out) {
        out.putInt(count());
        for (final Merchant merchant : merchants) {
            out.putBytes(merchant.definition());
        }
    }

    @Override
    public void load(final StateReader in) {
        for (int left = in.nextInt(); left > 0; left--) {
            add(in.nextBytes());
        }
    }
}

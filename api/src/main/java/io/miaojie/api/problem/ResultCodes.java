package io.miaojie.api.problem;

import io.miaojie.wire.CodeCategory;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.ResultCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The one table from result codes, of the engine and of every kind, to names and HTTP status. */
public final class ResultCodes {
    private final Map<Integer, CodeDescriptor> byNumber = new HashMap<>();
    private final CodeDescriptor[] engine = new CodeDescriptor[256];
    private final List<CodeDescriptor> all = new ArrayList<>();

    public ResultCodes(final List<KindDescriptor> kinds) {
        for (final ResultCode code : ResultCode.values()) {
            engine[code.number()] = code.descriptor();
            add(code.descriptor());
        }
        kinds.forEach(kind -> kind.codes().forEach(this::add));
    }

    /** Returns the HTTP status of a category: total, so that a new category does not compile without one. */
    public static int status(final CodeCategory category) {
        return switch (category) {
            case DONE -> 200;
            case FORBIDDEN -> 403;
            case UNKNOWN -> 404;
            case CONFLICT -> 409;
            case CONTRADICTION -> 422;
            case UNAVAILABLE -> 503;
        };
    }

    /** Returns what is declared of this number. */
    public CodeDescriptor of(final int number) {
        final CodeDescriptor code = number < engine.length ? engine[number] : byNumber.get(number);
        if (code == null) {
            throw new IllegalStateException("result code unknown to the api, code=" + number);
        }
        return code;
    }

    /** Returns every declared code. */
    public List<CodeDescriptor> all() {
        return List.copyOf(all);
    }

    private void add(final CodeDescriptor code) {
        if (byNumber.put(code.number(), code) != null) {
            throw new IllegalArgumentException("result code declared twice, code=" + code.number());
        }
        all.add(code);
    }
}

package io.miaojie.api.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.settlement.part.Timers;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The words for what the core says by number. */
@Timeout(60)
class EffectsViewTest {
    @Test
    void everyTimerHasAWord() throws IllegalAccessException {
        assertEquals(Timers.TAG_COUNT, EffectsView.TIMERS.size());
        for (final Field field : Arrays.stream(Timers.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .filter(field -> !field.getName().equals("TAG_COUNT"))
                .toList()) {
            assertEquals(
                    field.getName().toLowerCase(Locale.ROOT),
                    EffectsView.TIMERS.get(field.getInt(null)),
                    field.getName());
        }
    }
}

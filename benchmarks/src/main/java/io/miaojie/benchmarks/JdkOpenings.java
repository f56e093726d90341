package io.miaojie.benchmarks;

import java.util.List;

/**
 * What Chronicle Queue and Agrona need of the JDK, as options of a process that is started here. Constants, because JMH
 * takes them in an annotation; a test holds them against the ones that the build uses.
 */
public final class JdkOpenings {
    public static final String EXPORT_NIO_CHANNELS = "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED";
    public static final String EXPORT_INTERNAL_REF = "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED";
    public static final String OPEN_REFLECT = "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";
    public static final String OPEN_NIO_CHANNELS = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";
    public static final String OPEN_NIO = "--add-opens=java.base/java.nio=ALL-UNNAMED";
    public static final String OPEN_INTERNAL_MISC = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

    /** Chronicle's analytics phone home. */
    public static final String NO_ANALYTICS = "-Dchronicle.analytics.disable=true";

    private JdkOpenings() {}

    /** Returns the openings, in the order of the build. */
    public static List<String> all() {
        return List.of(
                EXPORT_NIO_CHANNELS,
                EXPORT_INTERNAL_REF,
                OPEN_REFLECT,
                OPEN_NIO_CHANNELS,
                OPEN_NIO,
                OPEN_INTERNAL_MISC);
    }
}

package io.miaojie;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Handle;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Values reach Postgres as parameters, never as text of a statement. Read off the compiled classes: whoever puts a
 * statement together at run time, by {@code +}, a builder or a format, is found, and stands here with what it puts in.
 */
@Timeout(60)
class SqlTest {
    /** Each puts in names of tables and columns that stand in our own sources, or numbers of parameters. */
    private static final Set<String> FROM_OUR_OWN_NAMES = Set.of(
            "EmbeddedPostgres.createDatabase",
            "ExpectedRows.<init>",
            "ExpectedRows.compare",
            "ExpectedRows.comparison",
            "Listing.sql",
            "ReferralRows.<init>",
            "RosterRows.<init>",
            "RowConnection.add",
            "TableRows.upserted",
            "WithdrawalRows.<init>");

    private static final Pattern SQL = Pattern.compile("(?is).*\\b("
            + "select\\b.*\\bfrom|insert\\s+into|update\\s+\\S+\\s+.*set|delete\\s+from|"
            + "(create|drop|alter)\\s+(temporary\\s+)?(table|database|schema|view)|"
            + "(where|and)\\s+[\\w.()]+\\s*(=|<|>|in\\b|like\\b)).*");

    @Test
    void noStatementIsPutTogetherFromWhatWasSent() {
        final Set<String> found = new TreeSet<>();
        for (final String classes : new String[] {"target/classes", "../api/target/classes"}) {
            found.addAll(scan(Path.of(classes)));
        }
        assertEquals(new TreeSet<>(FROM_OUR_OWN_NAMES), found);
    }

    /** Sees what it is to see: one of each way, planted here. */
    @Test
    void aStatementThatIsPutTogetherIsFound() {
        final Set<String> found = new TreeSet<>();
        try (InputStream in = SqlTest.class.getResourceAsStream("SqlTest$Planted.class")) {
            read(in, found);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        assertEquals(Set.of("SqlTest$Planted.added", "SqlTest$Planted.built", "SqlTest$Planted.formatted"), found);
    }

    /** What nobody may write. */
    static final class Planted {
        private Planted() {}

        static String added(final String id) {
            return "select * from member where id = '" + id + "'";
        }

        static String built(final String id) {
            return new StringBuilder("delete from member where id = ")
                    .append(id)
                    .toString();
        }

        static String formatted(final String id) {
            return "select * from member where id = '%s'".formatted(id);
        }

        static String plain() {
            return "select * from member where id = $1";
        }
    }

    private static Set<String> scan(final Path root) {
        final Set<String> found = new TreeSet<>();
        if (!Files.isDirectory(root)) {
            return found; // the api is compiled after the engine; its own run of the build sees both
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (final Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    read(in, found);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static void read(final InputStream in, final Set<String> found) throws IOException {
        final ClassReader reader = new ClassReader(in);
        final String name =
                reader.getClassName().substring(reader.getClassName().lastIndexOf('/') + 1);
        reader.accept(new Concatenations(name, found), ClassReader.SKIP_DEBUG);
    }

    /** Methods of one class in which a text that reads like SQL is joined with something that is not constant. */
    private static final class Concatenations extends ClassVisitor {
        private final String name;
        private final Set<String> found;

        private Concatenations(final String name, final Set<String> found) {
            super(Opcodes.ASM9);
            this.name = name;
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(
                final int access,
                final String method,
                final String descriptor,
                final String signature,
                final String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                private boolean hasSql;
                private boolean joins;

                @Override
                public void visitLdcInsn(final Object value) {
                    hasSql |= value instanceof final String text
                            && SQL.matcher(text).matches();
                }

                @Override
                public void visitMethodInsn(
                        final int opcode,
                        final String owner,
                        final String called,
                        final String type,
                        final boolean isInterface) {
                    joins |= owner.equals("java/lang/StringBuilder") && called.equals("append")
                            || owner.equals("java/lang/String")
                                    && Set.of("format", "formatted", "concat", "replace", "join")
                                            .contains(called);
                }

                @Override
                public void visitInvokeDynamicInsn(
                        final String called, final String type, final Handle bootstrap, final Object... arguments) {
                    if (bootstrap.getName().equals("makeConcatWithConstants")
                            && SQL.matcher(String.valueOf(arguments[0])).matches()) {
                        found.add(name + "." + method);
                    }
                }

                @Override
                public void visitEnd() {
                    if (hasSql && joins) {
                        found.add(name + "." + method);
                    }
                }
            };
        }
    }
}

package io.miaojie.node;

import io.miaojie.projection.PostgresAddress;
import java.nio.file.Path;

/** A node in a process of its own, to be killed: pays for ever and prints the number of each answered payment. */
final class NodeProcess {
    static final String ANSWERED = "answered ";

    private NodeProcess() {}

    public static void main(final String[] args) throws Exception {
        final NodeDriver driver = new NodeDriver();
        final EngineNode node =
                EngineNode.start(NodeRig.config(Path.of(args[0]), PostgresAddress.parse(args[1])), driver);
        driver.prepare(node.gate());
        for (int i = 1; ; i++) {
            final int number = i;
            driver.pay(node.gate(), number).thenAccept(answer -> System.out.println(ANSWERED + number));
        }
    }
}

package io.miaojie.api.edge;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.directory.Directory;
import io.miaojie.api.directory.DirectoryFeed;
import io.miaojie.api.directory.Merchant;
import io.miaojie.api.directory.SecretHash;
import io.miaojie.api.feed.Feed;
import io.miaojie.api.feed.FeedPump;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.CampaignView;
import io.miaojie.api.message.CommandScratch;
import io.miaojie.api.message.PaymentForm;
import io.miaojie.api.message.PaymentView;
import io.miaojie.api.metrics.Meters;
import io.miaojie.api.metrics.StatusSource;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.gate.AnswerType;
import io.miaojie.gate.AuditLog;
import io.miaojie.gate.Gate;
import io.miaojie.node.EngineStatus;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.DefinedOutcomeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;

/** Everything that one event loop works with; its parts are used by one request at a time. Thread: its event loop. */
public final class Edge {
    /** What all event loops of a server share. */
    public record Shared(
            Gate gate,
            ReplyRouter router,
            Directory directory,
            List<KindDescriptor> kinds,
            ResultCodes codes,
            StatusSource status,
            Meters meters,
            SecretHash adminKeyHash,
            EdgeLimits limits,
            Feed feed,
            AuditLog audit) {}

    private final Shared shared;
    private final Context context;
    private final Waiting waiting;
    private final DirectoryFeed feed;
    private final Verdict verdict;
    private final JsonReader reader = new JsonReader();
    private final JsonWriter writer = new JsonWriter();
    private final PaymentForm paymentForm = new PaymentForm();
    private final PaymentView paymentView;
    private final CampaignView campaignView;
    private final SecretReader secretReader;
    private final FeedPump feedPump;
    private final Connections connections;
    private CommandScratch scratch;

    /** Makes the edge of this loop and attaches it to the router. */
    public Edge(final Shared shared, final int loop, final Context context) {
        this.shared = shared;
        this.context = context;
        feed = new DirectoryFeed(shared.directory());
        waiting = new Waiting(
                shared.gate(), loop, shared.limits().waitingMax(), this::learn, shared.meters()::onAnswerLatency);
        verdict = new Verdict(shared.codes());
        paymentView = new PaymentView(shared.directory(), shared.codes());
        campaignView = new CampaignView(shared.kinds());
        secretReader = new SecretReader(shared.directory(), shared.adminKeyHash());
        feedPump = new FeedPump(shared.feed(), context);
        connections = new Connections(shared.limits().http(), shared.meters());
        shared.meters().gauge("miaojie_connections", "Open connections.", loop, connections::count);
        shared.router().attach(loop, context, waiting);
        shared.meters().gauge("miaojie_waiting_callers", "Callers that wait for an answer.", loop, waiting::count);
    }

    /** Reads the directory, unless another loop has read it, and makes ready for requests. */
    public Future<Void> open() {
        final Future<Void> loaded = shared.directory().shard() == null
                ? new DirectoryLoader(context, waiting, feed).load()
                : Future.succeededFuture();
        return loaded.onSuccess(
                ignored -> scratch = new CommandScratch(shared.directory().shard()));
    }

    public Directory directory() {
        return shared.directory();
    }

    public List<KindDescriptor> kinds() {
        return shared.kinds();
    }

    public EdgeLimits limits() {
        return shared.limits();
    }

    public Meters meters() {
        return shared.meters();
    }

    public EngineStatus status() {
        return shared.status().status();
    }

    public Context context() {
        return context;
    }

    public Waiting waiting() {
        return waiting;
    }

    public JsonReader reader() {
        return reader;
    }

    /** Returns the writer, empty. */
    public JsonWriter writer() {
        return writer.reset();
    }

    public CommandScratch scratch() {
        return scratch;
    }

    public PaymentForm paymentForm() {
        return paymentForm;
    }

    public PaymentView paymentView() {
        return paymentView;
    }

    public CampaignView campaignView() {
        return campaignView;
    }

    public AuditLog audit() {
        return shared.audit();
    }

    public Feed feed() {
        return shared.feed();
    }

    public Connections connections() {
        return connections;
    }

    public FeedPump feedPump() {
        return feedPump;
    }

    public SecretReader secrets() {
        return secretReader;
    }

    /** Returns what is declared of this result code. */
    public CodeDescriptor code(final int number) {
        return shared.codes().of(number);
    }

    /** Returns the kind with this number, which some campaign has. */
    public KindDescriptor kind(final int number) {
        return kinds().stream()
                .filter(kind -> kind.number() == number)
                .findFirst()
                .orElseThrow();
    }

    /** Returns the place of this merchant; {@link ApiKey#NO_MERCHANT} when there is none with this id. */
    public int merchantIndex(final String id) {
        final Merchant merchant = directory().merchant(id);
        return merchant == null ? ApiKey.NO_MERCHANT : merchant.index();
    }

    /** Writes the campaign version that an outcome names, in the state that the outcome left it in. */
    public void writeCampaignVersion(final JsonWriter out, final Answer answer) {
        final DefinedOutcomeDecoder defined = new DefinedOutcomeDecoder()
                .wrapAndApplyHeader(answer.buffer(), answer.offset(), new MessageHeaderDecoder());
        campaignView.begin(out, directory().version(defined.index()), defined.state());
        out.endObject();
    }

    /** Judges an answer; the verdict is valid until the next. */
    public Verdict judge(final Answer answer) {
        return verdict.of(answer);
    }

    /** Definitions enter the directory before their caller hears of them. */
    private void learn(final Answer answer) {
        if (answer.type() == AnswerType.OUTCOME
                && answer.templateId() == DefinedOutcomeDecoder.TEMPLATE_ID
                && answer.code() == ResultCode.OK.number()) {
            feed.onDefined(answer.command(), answer.buffer(), answer.offset(), answer.sequence());
        }
    }
}

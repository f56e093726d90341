package io.miaojie.api.edge;

import io.miaojie.api.digest.PayerHash;
import io.miaojie.api.digest.SipHash;
import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.directory.Directory;
import io.miaojie.api.directory.DirectoryFeed;
import io.miaojie.api.directory.Merchant;
import io.miaojie.api.directory.SecretHash;
import io.miaojie.api.directory.Shard;
import io.miaojie.api.feed.Feed;
import io.miaojie.api.feed.FeedPump;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.CampaignView;
import io.miaojie.api.message.CommandScratch;
import io.miaojie.api.message.EntityView;
import io.miaojie.api.message.InstanceView;
import io.miaojie.api.message.PaymentForm;
import io.miaojie.api.message.SettledView;
import io.miaojie.api.message.form.Chance;
import io.miaojie.api.message.form.Form;
import io.miaojie.api.message.form.FormReader;
import io.miaojie.api.message.form.FormWriter;
import io.miaojie.api.message.form.Forms;
import io.miaojie.api.metrics.Meters;
import io.miaojie.api.metrics.StatusSource;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.gate.AnswerType;
import io.miaojie.gate.Gate;
import io.miaojie.node.EngineStatus;
import io.miaojie.node.report.Reports;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.DefinedOutcomeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
            Reports reports) {}

    private static final byte[] NOTHING = {};

    private final Shared shared;
    private final Context context;
    private final Waiting waiting;
    private final DirectoryFeed feed;
    private final Verdict verdict;
    private final JsonReader reader = new JsonReader();
    private final JsonWriter writer = new JsonWriter();
    private final FormWriter formWriter = new FormWriter();
    private final Chance chance = new Chance();
    private final SettledView settledView;
    private final EntityView entityView;
    private final CampaignView campaignView;
    private final InstanceView instanceView;
    private final SecretReader secretReader;
    private final FeedPump feedPump;
    private final Connections connections;
    private PaymentForm paymentForm;
    private FormReader formReader;
    private CommandScratch scratch;

    /** Makes the edge of this loop and attaches it to the router. */
    public Edge(final Shared shared, final int loop, final Context context) {
        this.shared = shared;
        this.context = context;
        feed = new DirectoryFeed(shared.directory());
        waiting = new Waiting(
                shared.gate(), loop, shared.limits().waitingMax(), this::learn, shared.meters()::onAnswerLatency);
        verdict = new Verdict(shared.codes());
        settledView = new SettledView(shared.directory(), shared.codes(), shared.kinds());
        entityView = new EntityView(shared.directory(), shared.codes(), shared.kinds());
        campaignView = new CampaignView(shared.kinds());
        instanceView = new InstanceView(shared.directory(), shared.kinds());
        secretReader = new SecretReader(
                shared.directory(), shared.adminKeyHash(), shared.limits().guesses());
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
        return loaded.onSuccess(ignored -> makeReady());
    }

    private void makeReady() {
        final Shard shard = shared.directory().shard();
        final PayerHash payerHash = new PayerHash(new SipHash(shard.digestKeyLow(), shard.digestKeyHigh()));
        scratch = new CommandScratch(shard);
        paymentForm = new PaymentForm(payerHash);
        formReader = new FormReader(payerHash);
    }

    /** Completes once nobody waits for an answer any more. Thread: any. */
    public Future<Void> drained() {
        final Promise<Void> drained = Promise.promise();
        context.runOnContext(ignored -> waiting.whenEmpty(drained::complete));
        return drained.future();
    }

    public Directory directory() {
        return shared.directory();
    }

    public List<KindDescriptor> kinds() {
        return shared.kinds();
    }

    /** Returns the lists that are read from Postgres. */
    public Reports reports() {
        return shared.reports();
    }

    public ResultCodes codes() {
        return shared.codes();
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

    public FormReader formReader() {
        return formReader;
    }

    /** Writes the payment that was read last as a command. */
    public void writePayment(final ApiKey key) {
        paymentForm.write(scratch, key, random(key));
    }

    /** Writes what the form reader has read as a command. */
    public void writeForm(final Form form, final ApiKey key) {
        formWriter.write(formReader, scratch, form == Forms.SHARE_LINK ? chance.token() : random(key));
    }

    /** Returns what tokens and visitors are drawn from. */
    public Chance chance() {
        return chance;
    }

    public SettledView settledView() {
        return settledView;
    }

    public EntityView entityView() {
        return entityView;
    }

    public CampaignView campaignView() {
        return campaignView;
    }

    public InstanceView instanceView() {
        return instanceView;
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

    private byte[] random(final ApiKey key) {
        return directory().draws(key.merchantIndex()) ? chance.bytes() : NOTHING;
    }

    /** Definitions enter the directory before their caller hears of them. */
    private void learn(final Answer answer) {
        if (answer.type() != AnswerType.OUTCOME || answer.code() != ResultCode.OK.number()) {
            return;
        }
        if (answer.templateId() == DefinedOutcomeDecoder.TEMPLATE_ID) {
            feed.onDefined(answer.command(), answer.buffer(), answer.offset(), answer.sequence());
        } else if (answer.templateId() == SettledOutcomeDecoder.TEMPLATE_ID) {
            feed.onSettled(answer.command(), answer.buffer(), answer.offset(), answer.sequence());
        }
    }
}

package io.miaojie.api.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.openqa.selenium.support.ui.ExpectedConditions.attributeToBe;
import static org.openqa.selenium.support.ui.ExpectedConditions.invisibilityOfElementLocated;
import static org.openqa.selenium.support.ui.ExpectedConditions.numberOfElementsToBe;
import static org.openqa.selenium.support.ui.ExpectedConditions.visibilityOfElementLocated;

import io.miaojie.api.support.Browser;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.ServerProcess;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** The console in a real browser, before the program as it is started by a user. */
@Tag("browser")
@Tag("postgres")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ConsoleTest {
    private static final int TABS_MAX = 12;
    private static final int PHONE_PX = 360;
    private static final int PICTURED_SECONDS = 20;

    @TempDir
    private static Path data;

    private static ServerProcess server;
    private static Caller shop;
    private static int paid;

    @TempDir
    private Path profile;

    private Browser browser;
    private ConsolePage console;

    @BeforeAll
    static void open() {
        server = ServerProcess.serve(data, ServerProcess.freePort());
        final Caller node = new Caller(server.uri().getPort(), ServerProcess.ADMIN_KEY);
        TestServer.expect(200, node.post("/v1/merchants", "{'id':'shop','name':'茶铺'}"));
        final var key = node.post("/v1/keys", "{'id':'k1','merchant_id':'shop','role':'operate'}");
        TestServer.expect(200, key);
        shop = node.with(new JsonObject(key.body()).getString("secret"));
        campaign("{'id':'all-1pct','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':10000}}");
        campaign("{'id':'tea-3pct','kind':'purchase-rebate','currency':'CNY',"
                + "'terms':{'rate_ppm':30000,'categories':['tea']},'budget':{'amount':100000,'count':5000}}");
        campaign("{'id':'yen','kind':'purchase-rebate','currency':'JPY','terms':{'rate_ppm':50000}}");
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void start() {
        browser = Browser.start(profile, "en-US");
        console = new ConsolePage(browser, server.uri()).open();
    }

    @AfterEach
    void stop() {
        browser.close();
    }

    @Test
    void showsCreditsAsTheySettleAndComplainsOfNothing() {
        console.signIn(shop.secret()).awaitBoard().awaitFeed("LIVE");
        pay("live-1", 10_000, "CNY");
        console.awaitText("credits-body", "live-1");
        assertTrue(console.text("credits-body").contains("+1.00 CNY"), console.text("credits-body"));
        assertTrue(console.text("credits-body").contains("+3.00 CNY"), console.text("credits-body"));
        pay("live-2", 1_000, "JPY");
        console.awaitText("credits-body", "live-2");
        assertTrue(console.text("credits-body").contains("+50 JPY"), console.text("credits-body"));

        console.awaitText("figure-durable", digits(shop));
        browser.await(driver -> console.text("figure-p99").endsWith(" ms"));
        browser.await(driver -> !console.text("figure-payments").equals("0"));
        console.awaitText("campaigns-body", "tea-3pct");
        browser.await(driver -> console.text("campaigns-body").contains("of 5,000 grants"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void refusesAWrongKeyInTheServersWordsAndKeepsItNowhere() {
        console.signIn("mj_wrong");
        browser.await(visibilityOfElementLocated(By.id("problem")));
        assertTrue(console.text("problem-text").startsWith("401 KEY_INVALID"), console.text("problem-text"));
        assertTrue(console.text("problem-text").contains("Request "), console.text("problem-text"));
        assertTrue(browser.find("#sign-in").isDisplayed());
        assertEquals(0L, browser.driver().executeScript("return sessionStorage.length + localStorage.length"));
    }

    @Test
    void forgetsTheKeyOnSigningOutAndKeepsItWithinTheTab() {
        console.signIn(shop.secret()).awaitBoard();
        assertEquals(0L, browser.driver().executeScript("return localStorage.length"));
        browser.driver().navigate().refresh();
        console.awaitBoard();
        browser.find("#sign-out").click();
        browser.await(visibilityOfElementLocated(By.id("sign-in")));
        assertEquals(0L, browser.driver().executeScript("return sessionStorage.length"));
        browser.driver().navigate().refresh();
        browser.await(visibilityOfElementLocated(By.id("sign-in")));
        assertFalse(browser.find("#board").isDisplayed());
    }

    @Test
    void signsOutWhenTheKeyIsRevoked() {
        final Caller node = shop.with(ServerProcess.ADMIN_KEY);
        final var key = node.post("/v1/keys", "{'id':'k2','merchant_id':'shop','role':'read'}");
        TestServer.expect(200, key);
        console.signIn(new JsonObject(key.body()).getString("secret"))
                .awaitBoard()
                .awaitFeed("LIVE");
        TestServer.expect(200, node.delete("/v1/keys/k2?merchant_id=shop"));
        browser.await(visibilityOfElementLocated(By.id("sign-in")));
        console.awaitText("problem-text", "401 KEY_INVALID · this key is revoked");
        assertEquals(0L, browser.driver().executeScript("return sessionStorage.length"));
    }

    @Test
    void speaksTheOtherLanguageAndRemembersIt() {
        assertEquals("Watch rewards settle", browser.find("h1").getText());
        browser.find("#language").click();
        assertEquals("实时查看奖励结算", browser.find("h1").getText());
        browser.driver().navigate().refresh();
        browser.await(visibilityOfElementLocated(By.id("sign-in")));
        assertEquals("实时查看奖励结算", browser.find("h1").getText());
        assertEquals("zh-CN", browser.find("html").getAttribute("lang"));
        console.signIn(shop.secret()).awaitBoard().awaitFeed("LIVE");
        assertEquals("实时", console.text("feed-state"));
        assertEquals("实时入账", console.text("credits-title"));
        browser.find("#language").click();
        assertEquals("Credits as they settle", console.text("credits-title"));
        assertEquals("live", console.text("feed-state"));
    }

    @Test
    void looksUpMembersAndSaysWhatThisServerDoesNotOffer() {
        pay("found", 5_000, "CNY");
        console.signIn(shop.secret()).awaitBoard();
        console.lookUp("member", "found");
        console.awaitText("lookup-result", "Spendable");
        assertTrue(console.text("lookup-result").contains("2.00 CNY"), console.text("lookup-result"));
        assertEquals(List.of(), browser.complaints());

        console.lookUp("member", "nobody");
        browser.await(visibilityOfElementLocated(By.id("problem")));
        assertTrue(console.text("problem-text").startsWith("404 MEMBER_UNKNOWN"), console.text("problem-text"));

        console.lookUp("order", "o-1");
        final boolean isOffered = shop.get("/openapi.yaml").body().contains("\n  /v1/orders/{id}:");
        console.awaitText("lookup-result", isOffered ? "o-1" : "This server does not offer GET /v1/orders/{id} yet.");
    }

    @Test
    void isUsedByKeyboardAlone() {
        pay("keyed", 5_000, "CNY");
        tabTo("key");
        type(shop.secret() + Keys.ENTER);
        console.awaitBoard().awaitFeed("LIVE");
        assertEquals("lookup-id", console.focused());
        type("keyed" + Keys.ENTER);
        console.awaitText("lookup-result", "Spendable");

        tabTo("campaigns-title", Keys.chord(Keys.SHIFT, Keys.TAB), "c");
        tabTo("credits-title", Keys.TAB, "v");
        type("p");
        browser.await(attributeToBe(By.id("pause"), "aria-pressed", "true"));
        pay("unseen", 5_000, "CNY");
        console.awaitText("figure-durable", digits(shop));
        assertFalse(console.text("credits-body").contains("unseen"));
        type("p");
        console.awaitText("credits-body", "unseen");

        type("?");
        browser.await(visibilityOfElementLocated(By.id("help")));
        assertTrue(console.text("help-keys").contains("go to look-up"), console.text("help-keys"));
        type(Keys.ESCAPE.toString());
        browser.await(invisibilityOfElementLocated(By.id("help")));
        type("/");
        assertEquals("lookup-id", console.focused());
        type("?c/");
        assertEquals("keyed?c/", browser.find("#lookup-id").getAttribute("value"));
    }

    @Test
    void fitsAPhoneByNightAndByDay() {
        browser.resize(PHONE_PX, 780);
        browser.prefer("dark");
        assertFits();
        console.signIn(shop.secret()).awaitBoard().awaitFeed("LIVE");
        pay("a-member-with-a-rather-long-name-of-sixty-four-characters-in-all", 123_456_789_00L, "CNY");
        console.awaitText("credits-body", "a-member-with");
        console.lookUp("member", "a-member-with-a-rather-long-name-of-sixty-four-characters-in-all");
        console.awaitText("lookup-result", "Spendable");
        console.awaitText("campaigns-body", "tea-3pct");
        browser.driver().executeScript("document.getElementById('campaigns-title').scrollIntoView()");
        assertFits();
        final String night = background();
        browser.prefer("light");
        browser.await(driver -> !background().equals(night));
        assertNotEquals(night, background());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void pollsWhileTheStreamIsBrokenAndShowsEachCreditOnce() {
        browser.block("*/v1/stream*");
        console.signIn(shop.secret()).awaitBoard().awaitFeed("POLLING");
        pay("polled", 10_000, "JPY");
        console.awaitText("credits-body", "polled");
        browser.block();
        console.awaitFeed("LIVE");
        pay("streamed", 10_000, "JPY");
        console.awaitText("credits-body", "streamed");
        browser.await(numberOfElementsToBe(By.cssSelector("#credits-body tr"), 2));
    }

    @Test
    void goesOnWithAServerThatWasKilledAndComesBack() {
        console.signIn(shop.secret()).awaitBoard().awaitFeed("LIVE");
        pay("before", 10_000, "JPY");
        console.awaitText("credits-body", "before");
        final int port = server.uri().getPort();
        server.kill();
        console.awaitFeed("OFFLINE");
        console.awaitText("problem-text", "The server does not answer.");
        server = ServerProcess.serve(data, port);
        pay("after", 10_000, "JPY");
        console.awaitText("credits-body", "after");
        console.awaitFeed("LIVE");
        browser.await(invisibilityOfElementLocated(By.id("problem")));
        browser.await(numberOfElementsToBe(By.cssSelector("#credits-body tr"), 2));
    }

    @Test
    void readsStreamsFiguresAndAmountsRightlyInTheBrowser() {
        assertEquals(
                List.of("0-1|message|null", "0-2|payment.settled|a\nb", "0-3|message|é"),
                browser.run(
                        """
                const done = arguments[0];
                import('/console/sse.js').then(async ({events}) => {
                  const bytes = new TextEncoder().encode(': hello\\nretry: 5\\nid: 0-1\\n\\n'
                    + 'id: 0-2\\r\\nevent: payment.settled\\r\\ndata: a\\r\\ndata:b\\r\\n\\r\\n'
                    + 'id:0-3\\ndata: é\\n\\nid: 0-4\\ndata: cut');
                  const stream = new ReadableStream({start(out) {
                    bytes.forEach(byte => out.enqueue(Uint8Array.of(byte)));
                    out.close();
                  }});
                  const seen = [];
                  for await (const {id, type, data} of events(stream)) {
                    seen.push(`${id}|${type}|${data}`);
                  }
                  done(seen);
                });"""));
        assertEquals(
                List.of("90071992547409.91", "-0.05", "7", "0.001", "12"),
                browser.run(
                        """
                const done = arguments[0];
                import('/console/money.js').then(({decimal}) =>
                  done([[9007199254740991, 2], [-5, 2], [7, 0], [1, 3], [12, 0]].map(each => decimal(...each))));"""));
        assertEquals(
                "[2,0.5,null,null]",
                browser.run(
                        """
                const done = arguments[0];
                import('/console/metrics.js').then(({figure, parse}) => {
                  const series = parse('# HELP a b\\na 2.0\\nl{quantile="0.5",x="{}"} 0.5\\nl{quantile="0.9"} NaN\\n');
                  done(JSON.stringify([figure(series, 'a'), figure(series, 'l', {quantile: '0.5'}),
                    figure(series, 'l', {quantile: '0.9'}), figure(series, 'none')]));
                });"""));
    }

    /** The pictures of {@code docs/CONSOLE.md}: what this test leaves in {@code target/screenshots} is copied there. */
    @Test
    void isPictured() {
        console.signIn(shop.secret()).awaitBoard().awaitFeed("LIVE");
        browser.resize(1280, 960);
        for (int second = 1; second <= PICTURED_SECONDS; second++) {
            for (int i = 0; i < 4 + second * second % 11; i++) {
                pay("u" + paid % 17, 1_000 + 971L * (paid % 23), "CNY");
            }
            final int drawn = second;
            browser.await(driver -> Integer.parseInt(browser.find("#chart").getAttribute("data-seconds")) >= drawn);
        }
        console.lookUp("member", "u3");
        console.awaitText("lookup-result", "Spendable");
        browser.driver().executeScript("document.activeElement.blur()");
        browser.screenshot("console");

        browser.resize(PHONE_PX, 780);
        browser.prefer("dark");
        browser.find("#language").click();
        console.awaitText("credits-title", "实时入账");
        browser.screenshot("phone");
        assertEquals(List.of(), browser.complaints());
    }

    private void assertFits() {
        assertEquals((long) PHONE_PX, browser.driver().executeScript("return innerWidth"));
        assertEquals(
                0L,
                browser.driver()
                        .executeScript(
                                "const page = document.documentElement; return page.scrollWidth - page.clientWidth"));
    }

    private String background() {
        return browser.find("body").getCssValue("background-color");
    }

    private void type(final String keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    /** Tabs until this element has the focus, and holds that each stop on the way shows that it has it. */
    private void tabTo(final String id) {
        for (int i = 0; i < TABS_MAX && !console.focused().equals(id); i++) {
            type(Keys.TAB.toString());
            assertNotEquals(
                    "none",
                    browser.driver().switchTo().activeElement().getCssValue("outline-style"),
                    console.focused());
        }
        assertEquals(id, console.focused());
    }

    /** Leaves a field by {@code away}, then goes on by a shortcut. */
    private void tabTo(final String id, final CharSequence away, final String shortcut) {
        type(away.toString());
        type(shortcut);
        assertEquals(id, console.focused());
    }

    private static String digits(final Caller caller) {
        final long sequence = new JsonObject(caller.get("/health/live").body()).getLong("durable_sequence");
        return String.format(java.util.Locale.ENGLISH, "%,d", sequence);
    }

    private static void campaign(final String json) {
        TestServer.expect(200, shop.post("/v1/campaigns", json));
    }

    private static void pay(final String memberId, final long amount, final String currency) {
        paid++;
        TestServer.expect(
                200,
                shop.post(
                        "/v1/payments",
                        """
                {'id':'p-%d','order_id':'o-%d','member_id':'%s','amount':%d,'currency':'%s','paid_at':'%s',
                 'lines':[{'line_id':'1','sku':'A','category':'tea','amount':%d}]}"""
                                .formatted(paid, paid, memberId, amount, currency, Instant.now(), amount)));
    }
}

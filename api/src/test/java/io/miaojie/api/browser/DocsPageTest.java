package io.miaojie.api.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.openqa.selenium.support.ui.ExpectedConditions.numberOfElementsToBe;

import io.miaojie.api.support.Browser;
import io.miaojie.api.support.Contract;
import io.miaojie.api.support.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The contract is readable in a real browser, under the policy that its page carries. */
@Tag("browser")
@Timeout(120)
class DocsPageTest {
    @TempDir
    private Path profile;

    @Test
    void showsEveryOperationAndOpensOne() {
        try (TestServer server = TestServer.start();
                Browser browser = Browser.start(profile, "en-US")) {
            browser.driver().get("http://127.0.0.1:" + server.port() + "/docs");
            browser.await(numberOfElementsToBe(
                    By.cssSelector(".opblock"), Contract.read().operations().size()));
            browser.find("#operations-facts-recordPayment button").click();
            browser.await(driver ->
                    browser.find("#operations-facts-recordPayment").getText().contains("LINES_MISMATCH"));
            browser.driver().executeScript("document.getElementById('operations-tag-facts').scrollIntoView()");
            browser.screenshot("docs");
            assertEquals(List.of(), browser.complaints());
        }
    }
}

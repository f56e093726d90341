package io.miaojie.api.browser;

import static org.openqa.selenium.support.ui.ExpectedConditions.attributeToBe;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBePresentInElementLocated;
import static org.openqa.selenium.support.ui.ExpectedConditions.visibilityOfElementLocated;

import io.miaojie.api.support.Browser;
import java.net.URI;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The console in a browser, as one who uses it speaks of it. */
final class ConsolePage {
    private final Browser browser;
    private final URI server;

    ConsolePage(final Browser browser, final URI server) {
        this.browser = browser;
        this.server = server;
    }

    /** Opens it as in a new tab, without a key. */
    ConsolePage open() {
        browser.driver().get(server.resolve("/console").toString());
        browser.driver().executeScript("sessionStorage.clear(); localStorage.clear(); location.reload()");
        browser.await(visibilityOfElementLocated(By.id("sign-in")));
        return this;
    }

    ConsolePage signIn(final String key) {
        browser.find("#key").sendKeys(key);
        browser.find("#sign-in button").click();
        return this;
    }

    ConsolePage awaitBoard() {
        browser.await(visibilityOfElementLocated(By.id("board")));
        return this;
    }

    ConsolePage awaitFeed(final String state) {
        browser.await(attributeToBe(By.id("feed-state"), "data-state", state));
        return this;
    }

    void awaitText(final String id, final String text) {
        browser.await(textToBePresentInElementLocated(By.id(id), text));
    }

    void lookUp(final String what, final String id) {
        browser.find("input[name=what][value=" + what + "]").click();
        final WebElement field = browser.find("#lookup-id");
        field.clear();
        field.sendKeys(id);
        field.submit();
    }

    String text(final String id) {
        return browser.find("#" + id).getText();
    }

    String focused() {
        return browser.driver().switchTo().activeElement().getAttribute("id");
    }
}

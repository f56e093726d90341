package io.miaojie.api.message.form;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** What a share link may lead to: a web page, or a page of a mini program. */
public final class LinkTarget {
    static final int LENGTH_MAX = 1024;

    private static final Pattern MINI_PROGRAM_PATH =
            Pattern.compile("/?[A-Za-z0-9_][A-Za-z0-9_./-]*(\\?[A-Za-z0-9_.~=&%+-]*)?");

    private LinkTarget() {}

    /** Returns whether this is a web page: an absolute URL of http or https, without user or fragment. */
    public static boolean isWeb(final String target) {
        return target.startsWith("http://") || target.startsWith("https://");
    }

    static boolean isSound(final String target) {
        return isWeb(target)
                ? isSoundUrl(target)
                : MINI_PROGRAM_PATH.matcher(target).matches() && !target.contains("..");
    }

    private static boolean isSoundUrl(final String target) {
        try {
            final URI uri = new URI(target);
            return target.chars().allMatch(character -> character > ' ' && character < 127)
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (final URISyntaxException e) {
            return false;
        }
    }
}

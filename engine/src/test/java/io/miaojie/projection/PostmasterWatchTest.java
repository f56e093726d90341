package io.miaojie.projection;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A watch that ended would be one that nobody misses until Postgres does. */
@Timeout(60)
class PostmasterWatchTest {
    @TempDir
    private Path data;

    @Test
    void goesOnWhateverAStartThrows() throws InterruptedException {
        final CountDownLatch starts = new CountDownLatch(3);
        final PostmasterWatch watch = new PostmasterWatch(data, 0, () -> {
            starts.countDown();
            if (starts.getCount() > 0) {
                throw new IllegalStateException("not foreseen");
            }
            return true;
        });
        starts.await();
        watch.close();
    }
}

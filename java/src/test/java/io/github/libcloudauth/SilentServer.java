package io.github.libcloudauth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Takes connections and never answers. */
final class SilentServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Semaphore asked = new Semaphore(0);
    private final CountDownLatch hungUp = new CountDownLatch(1);

    SilentServer() {
        try {
            listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
        start(this::accept);
    }

    String endpoint() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    CloudAuthClient client() {
        return Shared.at(endpoint()).build();
    }

    /** Waits until a request has come. */
    void awaitRequest() throws InterruptedException {
        if (!asked.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new AssertionError("no request came");
        }
    }

    /** Whether a client lets go of its connection within that time. */
    boolean awaitHangUp(long milliseconds) throws InterruptedException {
        return hungUp.await(milliseconds, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                start(() -> hold(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void hold(Socket connection) {
        try (connection) {
            byte[] buffer = new byte[65536];
            for (boolean first = true; connection.getInputStream().read(buffer) > 0; first = false) {
                if (first) {
                    asked.release();
                }
            }
        } catch (IOException reset) {
            // Hung up all the same.
        }
        hungUp.countDown();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }
}

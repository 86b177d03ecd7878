package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The virtual machine ends, at whatever stage, at once and in silence. */
class ExitTest {
    /** What a program leaves behind as its main returns. */
    enum Stage {
        LOADED {
            @Override
            void leave(CloudAuthClient client, CloudAuthClient silent) {
                CloudAuth.version();
            }
        },
        CLOSED {
            @Override
            void leave(CloudAuthClient client, CloudAuthClient silent) {
                client.checkResult(Shared.request("ekycpro200"));
                client.close();
            }
        },
        USED {
            @Override
            void leave(CloudAuthClient client, CloudAuthClient silent) {
                client.checkResult(Shared.request("ekycpro200"));
                client.checkResultAsync(Shared.request("ekycpro200")).join();
            }
        },
        FUTURE_PENDING {
            @Override
            void leave(CloudAuthClient client, CloudAuthClient silent) throws InterruptedException {
                silent.checkResultAsync(Shared.request("t")).thenAccept(result -> System.out.println("never"));
                Thread.sleep(200);
            }
        },
        CALL_IN_A_DAEMON {
            @Override
            void leave(CloudAuthClient client, CloudAuthClient silent) throws InterruptedException {
                daemon(() -> silent.checkResult(Shared.request("t")));
                Thread.sleep(200);
            }
        },
        BUSY_DAEMONS {
            @Override
            void leave(CloudAuthClient client, CloudAuthClient silent) throws InterruptedException {
                for (int thread = 0; thread < 4; thread++) {
                    boolean later = thread % 2 == 0;
                    daemon(() -> {
                        while (true) {
                            CheckRequest request = Shared.withImages("ekycpro200");
                            CheckResult ignored = later ? client.checkResultAsync(request).join() : client.checkResult(request);
                        }
                    });
                }
                Thread.sleep(300);
            }
        },
        BUSY_CALLBACKS {
            @Override
            void leave(CloudAuthClient client, CloudAuthClient silent) throws InterruptedException {
                for (int chain = 0; chain < 8; chain++) {
                    again(client);
                }
                Thread.sleep(300);
            }

            private void again(CloudAuthClient client) {
                client.checkResultAsync(Shared.withImages("ekycpro200")).thenRunAsync(() -> again(client));
            }
        },
        MANY_LEFT {
            @Override
            void leave(CloudAuthClient client, CloudAuthClient silent) {
                Iterator<CheckOutcome> outcomes = client.checkMany(Collections.nCopies(9, Shared.request("ekycpro200"))).iterator();
                outcomes.next();
            }
        },
        PROVIDER_HANGS {
            @Override
            void leave(CloudAuthClient client, CloudAuthClient silent) throws InterruptedException {
                CountDownLatch never = new CountDownLatch(1);
                CloudAuthClient hanging = CloudAuthClient.builder().endpoint(client.endpoint()).credentials(() -> {
                    never.await();
                    return null;
                }).build();
                Program.KEPT.add(hanging);
                hanging.checkResultAsync(Shared.request("t"));
                Thread.sleep(200);
            }
        },
        SHUTDOWN_HOOK {
            @Override
            void leave(CloudAuthClient client, CloudAuthClient silent) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    client.checkResult(Shared.request("ekycpro200"));
                    boolean passed = client.checkResultAsync(Shared.request("ekycpro200")).thenApply(CheckResult::passed).join().orElseThrow();
                    client.close();
                    if (!passed) {
                        System.err.println("not passed");
                    }
                }));
            }
        },
        EXIT_FROM_A_CALLBACK {
            @Override
            void leave(CloudAuthClient client, CloudAuthClient silent) throws InterruptedException {
                client.checkResultAsync(Shared.request("ekycpro200")).thenRun(() -> System.exit(0));
                Thread.sleep(60_000);
            }
        },
        SYSTEM_EXIT {
            @Override
            void leave(CloudAuthClient client, CloudAuthClient silent) throws InterruptedException {
                BUSY_DAEMONS.leave(client, silent);
                BUSY_CALLBACKS.leave(client, silent);
                FUTURE_PENDING.leave(client, silent);
                say();
                System.exit(0);
            }
        },
        HALT {
            @Override
            void leave(CloudAuthClient client, CloudAuthClient silent) throws InterruptedException {
                BUSY_CALLBACKS.leave(client, silent);
                say();
                Runtime.getRuntime().halt(0);
            }
        };

        abstract void leave(CloudAuthClient client, CloudAuthClient silent) throws InterruptedException;

        static void daemon(Runnable work) {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            thread.start();
        }

        static void say() {
            System.out.println(System.currentTimeMillis());
            System.out.flush();
        }
    }

    /** Arguments: stage, endpoint of the emulator, endpoint of a silent server. */
    static final class Program {
        /** A client that is garbage and was not closed would be warned of. */
        static final List<CloudAuthClient> KEPT = new ArrayList<>();

        public static void main(String[] arguments) throws InterruptedException {
            CloudAuthClient client = CloudAuthClient.builder().endpoint(arguments[1])
                .accessKeyId("emulator-key-id").accessKeySecret("emulator-key-secret").build();
            CloudAuthClient silent = Shared.at(arguments[2]).build();
            Collections.addAll(KEPT, client, silent);
            Stage.valueOf(arguments[0]).leave(client, silent);
            Stage.say();
        }
    }

    @ParameterizedTest
    @EnumSource
    void exit(Stage stage) throws IOException, InterruptedException {
        long best = Long.MAX_VALUE;
        try (SilentServer silent = new SilentServer()) {
            for (int turn = 0; turn < 3; turn++) {
                Jvm.Ended ended = new Jvm().run(Program.class.getName(), stage.name(), Shared.emulator().endpoint(), silent.endpoint());
                assertEquals(0, ended.code, ended.toString());
                assertEquals("", ended.err);
                if (!ended.out.isEmpty()) {
                    best = Math.min(best, ended.at - Long.parseLong(ended.out.strip()));
                }
            }
        }
        // A program that ends from a callback does not say when it began to.
        assertTrue(stage == Stage.EXIT_FROM_A_CALLBACK || best <= 1000, best + " ms from the end of main");
    }
}

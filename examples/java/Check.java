import io.github.libcloudauth.CheckRequest;
import io.github.libcloudauth.CheckResult;
import io.github.libcloudauth.CloudAuthClient;
import io.github.libcloudauth.CloudAuthException;
import io.github.libcloudauth.Decision;

/**
 * One blocking call: {@code java -cp cloudauth.jar Check.java TRANSACTION}. Where to call and with which keys is read from the
 * environment. Exit code: 0 passed, 1 not passed, 2 no result.
 */
public final class Check {
    private Check() {}

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: Check TRANSACTION");
            System.exit(2);
        }
        try (CloudAuthClient client = CloudAuthClient.builder().build()) {
            CheckResult result = client.checkResult(CheckRequest.of("example", arguments[0]));
            System.out.println("passed: " + (result.isPassed() ? "yes" : "no"));
            Decision decision = result.decision(90);
            System.out.println("decision: " + inWords(decision));
            decision.reasons().forEach(reason -> System.out.println("  " + reason));
            System.exit(result.isPassed() ? 0 : 1);
        } catch (CloudAuthException error) {
            System.err.println(error.kind() + ": " + error.getMessage() + "\n" + error.advice());
            System.exit(2);
        }
    }

    private static String inWords(Decision decision) {
        switch (decision.action()) {
            case ACCEPT:
                return "let the person in";
            case RETRY:
                return "let the person try again";
            case REJECT:
                return "turn the person away";
            default:
                return "have a human look";
        }
    }
}

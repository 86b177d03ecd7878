// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

/**
 * Deletes what the service keeps of a verification, for good. Store the result first. It is never sent twice: where no reply
 * came, nobody knows whether it was done.
 */
public final class DeleteResultRequest extends TypedRequest<Deletion> {
    private DeleteResultRequest(Builder given) {
        super("delete_result", given);
    }

    /**
     * A request with every default. It is checked when the call is made.
     *
     * @param transactionId the service's id of the verification, as the start gave it to the server
     * @param deleteType what to delete: {@code Img} all pictures, {@code Text} all the rest, {@code All} both
     */
    public static Builder builder(String transactionId, String deleteType) {
        return new Builder(transactionId, deleteType);
    }

    /** {@link #builder} and nothing else. */
    public static DeleteResultRequest of(String transactionId, String deleteType) {
        return builder(transactionId, deleteType).build();
    }

    @Override
    Deletion read(WireReader in) {
        return new Deletion(in);
    }

    /** Makes a {@link DeleteResultRequest}. */
    public static final class Builder extends TypedRequest.Builder<Builder> {
        private Builder(String transactionId, String deleteType) {
            set("transaction_id", "transactionId", transactionId);
            set("delete_type", "deleteType", deleteType, "Img", "Text", "All");
        }

        /** {@code DeleteAfterQuery}: delete only if the result was fetched before; yes unless told otherwise. */
        public Builder afterQuery(boolean afterQuery) {
            return set("after_query", "afterQuery", afterQuery, "true", "false");
        }

        @Override
        public DeleteResultRequest build() {
            return new DeleteResultRequest(this);
        }
    }
}

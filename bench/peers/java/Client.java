/** What is measured: one client for all threads, which fetches a result and takes it apart. */
interface Client {
    /** What a program wants of a result. */
    final class Outcome {
        boolean passed;
        double comparisonScore;
        String surname;
        int images;
        long imageBytes;

        void take(byte[] image) {
            if (image.length > 2 && image[0] == (byte) 0xFF && image[1] == (byte) 0xD8 && image[2] == (byte) 0xFF) {
                images++;
                imageBytes += image.length;
            }
        }

        /** A wrong result is no result: nobody is to be fast by doing less. */
        void expect(int images, long imageBytes) {
            if (!passed || comparisonScore != 99.12 || !"SPECIMEN".equals(surname) || this.images != images
                || this.imageBytes != imageBytes) {
                throw new IllegalStateException("the result is not what the server sent");
            }
        }
    }

    Outcome check() throws Exception;
}

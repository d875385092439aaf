/* The matrix products of an epoch of training and nothing else: what dense training over this BLAS cannot go below.
 *
 *     bound FOLDER LAYERS BATCH PRECISION LAYOUT EXAMPLES     such as: bound - 784,30,10 10 double out-in 50000
 *
 * It speaks the protocol of the Python peers and needs no data: the numbers are random, in buffers as large as those of
 * a mini-batch. LAYOUT says how weights lie in memory: out-in is [outputs, inputs], in-out the transpose.
 */
#include <cblas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { most_layers = 16 };

/* The weights must not grow over any number of epochs, nor the updates become denormal numbers. */
static const double step = 1e-9;

static int layer_count, sizes[most_layers + 1];
static int is_double, is_out_in;
static void *activations[most_layers + 1], *errors[most_layers + 1], *weights[most_layers];

static void fail(const char *message) {
    fprintf(stderr, "bound: %s\n", message);
    exit(64);
}

/* Numbers from −scale to scale. */
static void *random_numbers(size_t count, double scale) {
    void *numbers = NULL;
    if (posix_memalign(&numbers, 64, count * (is_double ? sizeof(double) : sizeof(float))) != 0)
        fail("there is not enough memory");
    for (size_t i = 0; i < count; i++) {
        double number = scale * (2.0 * rand() / RAND_MAX - 1);
        if (is_double)
            ((double *)numbers)[i] = number;
        else
            ((float *)numbers)[i] = (float)number;
    }
    return numbers;
}

/* C ← retain·C + scale·A·B, C [m, n], where either operand may be read as its transpose. */
static void multiply(int m, int n, int k, double scale, const void *a, int a_transposed, const void *b,
                     int b_transposed, double retain, void *c) {
    CBLAS_TRANSPOSE ta = a_transposed ? CblasTrans : CblasNoTrans;
    CBLAS_TRANSPOSE tb = b_transposed ? CblasTrans : CblasNoTrans;
    int lda = a_transposed ? m : k, ldb = b_transposed ? k : n;
    if (is_double)
        cblas_dgemm(CblasRowMajor, ta, tb, m, n, k, scale, a, lda, b, ldb, retain, c, n);
    else
        cblas_sgemm(CblasRowMajor, ta, tb, m, n, k, (float)scale, a, lda, b, ldb, (float)retain, c, n);
}

static void train_mini_batch(int batch) {
    for (int l = 0; l < layer_count; l++)
        multiply(batch, sizes[l + 1], sizes[l], 1, activations[l], 0, weights[l], is_out_in, 0, activations[l + 1]);
    for (int l = layer_count - 1; l >= 0; l--) {
        int in = sizes[l], out = sizes[l + 1];
        if (l > 0)
            multiply(batch, in, out, 1, errors[l + 1], 0, weights[l], !is_out_in, 0, errors[l]);
        if (is_out_in)
            multiply(out, in, batch, step, errors[l + 1], 1, activations[l], 0, 1, weights[l]);
        else
            multiply(in, out, batch, step, activations[l], 1, errors[l + 1], 0, 1, weights[l]);
    }
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + 1e-9 * now.tv_nsec;
}

int main(int argc, char **argv) {
    if (argc != 7)
        fail("usage: bound FOLDER LAYERS BATCH PRECISION LAYOUT EXAMPLES");
    char *end = argv[2];
    for (layer_count = -1; *end; end += *end == ',') {
        if (++layer_count > most_layers)
            fail("there are too many layers");
        sizes[layer_count] = (int)strtol(end, &end, 10);
        if (sizes[layer_count] < 1 || (*end && *end != ','))
            fail("layers are numbers with commas between them");
    }
    int batch = atoi(argv[3]), examples = atoi(argv[6]);
    if (layer_count < 1 || batch < 1 || examples < 1)
        fail("there must be two sizes of layers, a batch size and a number of examples");
    is_double = strcmp(argv[4], "double") == 0;
    is_out_in = strcmp(argv[5], "out-in") == 0;

    for (int l = 0; l <= layer_count; l++) {
        activations[l] = random_numbers((size_t)batch * sizes[l], 1);
        errors[l] = random_numbers((size_t)batch * sizes[l], 1);
    }
    for (int l = 0; l < layer_count; l++)
        weights[l] = random_numbers((size_t)sizes[l] * sizes[l + 1], 1.0 / sizes[l]);

    printf("{\"name\": \"bound\", \"version\": \"%s\", \"kernel\": \"%s\"}\n", openblas_get_config(),
           openblas_get_corename());
    fflush(stdout);
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        if (strcmp(line, "epoch\n") != 0)
            fail("the only request is: epoch");
        double started = seconds();
        for (int done = 0; done < examples; done += batch)
            train_mini_batch(examples - done < batch ? examples - done : batch);
        printf("%.9f\n", seconds() - started);
        fflush(stdout);
    }
    return 0;
}

package io.paffmem.prior;

/**
 * The trained numbers of one variable.
 *
 * @param shape of a kernel: height, width, input channels, output channels (of a transposed
 *     convolution output before input); of dense weights: inputs, outputs
 * @param values the last dimension fastest
 */
public record Weights(int[] shape, float[] values) {}

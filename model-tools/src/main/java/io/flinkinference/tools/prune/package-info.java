/**
 * Makes a model smaller by taking out what changes its answers least: neurons of the feed-forward
 * parts, heads of attentions, whole layers. What is left can be taught to answer as the original
 * does.
 *
 * <p>Source of the importance: Molchanov et al., Importance Estimation for Neural Network Pruning,
 * 2019; of the heads: Michel et al., Are Sixteen Heads Really Better than One?, 2019; of the
 * teaching: Hinton et al., Distilling the Knowledge in a Neural Network, 2015.
 */
package io.flinkinference.tools.prune;

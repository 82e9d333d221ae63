/** Takes tokens out of a model that its texts never use. */
package io.flinkinference.tools.vocabulary;

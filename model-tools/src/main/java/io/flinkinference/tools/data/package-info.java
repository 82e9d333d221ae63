/** Files of labelled texts: every row is read or reported, none is lost. */
package io.flinkinference.tools.data;

/** What a measurement found, as text, JSON and a page with plots. */
package io.flinkinference.tools.report;

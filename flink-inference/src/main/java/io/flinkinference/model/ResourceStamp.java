package io.flinkinference.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;

/**
 * Length and checksum of a resource, taken from the directory of its jar without reading it.
 *
 * @param length bytes, or -1 where the class loader does not say
 * @param crc CRC-32, or -1 outside of a jar
 */
record ResourceStamp(long length, long crc) {

  static ResourceStamp of(URL resource) throws IOException {
    URLConnection connection = resource.openConnection();
    // A cached connection would keep the jar open for as long as the JVM lives.
    connection.setUseCaches(false);
    InputStream content = connection.getInputStream();
    try {
      long crc =
          connection instanceof JarURLConnection jar && jar.getJarEntry() != null
              ? jar.getJarEntry().getCrc()
              : -1;
      return new ResourceStamp(connection.getContentLengthLong(), crc);
    } finally {
      content.close();
    }
  }
}

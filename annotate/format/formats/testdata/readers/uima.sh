# Called by run: Apache UIMA reads the XMI.
if [ -e /usr/share/java/uimaj-core.jar ]; then
	try "UIMA XmiCasDeserializer" "xmi" java -cp /usr/share/java/uimaj-core.jar "$here/ReadXmi.java" out/xmi/TypeSystem.xml out/xmi/*.xmi
else
	say "UIMA XmiCasDeserializer" "xmi" 127 "libuima-core-java is not installed"
fi
